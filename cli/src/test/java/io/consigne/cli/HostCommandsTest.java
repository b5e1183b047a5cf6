package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HostCommandsTest {

  @Test
  void commandOfTheClassPath_runsAndGivesItsExitCode() {
    assertThat(Run.of("sample").exitCode()).isEqualTo(5);
  }

  @Test
  void toolsOfTheJdk_areNoCommands() {
    assertThat(Program.forArguments("--help").getSubcommands()).doesNotContainKeys("javac", "jar");
  }

  @Test
  void ownCommand_loadsNoCommandOfAHost() {
    assertThat(Program.forArguments("relay", "--to", "x:1").getSubcommands())
        .containsOnlyKeys("relay", "completion", "man");
  }

  @Test
  void completion_knowsTheCommandsOfTheHost() {
    for (String shell : new String[] {"bash", "zsh"}) {
      Run run = Run.of("completion", shell);
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("#!/usr/bin/env bash").contains("--failure", "--listen");
      Program.forArguments("completion")
          .getSubcommands()
          .keySet()
          .forEach(name -> assertThat(run.out()).contains("function _picocli_consigne_" + name));
    }
  }
}
