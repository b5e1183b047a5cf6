package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.ids.Cidr;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

final class HostOptionsTest {
  @Command(name = "host")
  static final class AllOptions {
    @Mixin final CommandSpec options = HostOptions.all();
  }

  @Command(name = "admin")
  static final class SomeOptions {
    @Mixin final CommandSpec options = HostOptions.of(List.of(Options.DATA, Options.DB));
  }

  @Test
  void flags_becomeTheConfiguration() {
    HostConfig config =
        read("--data=d", "--public-url", "http://h:1", "--tls-self", "--guests=off");
    assertThat(config.storage().data()).isEqualTo(Path.of("d"));
    assertThat(config.web().publicUrl()).isEqualTo(URI.create("http://h:1"));
    assertThat(config.web().tls()).isEqualTo(new HostConfig.Tls.Self());
    assertThat(config.rules().guests()).isFalse();
  }

  @Test
  void proxies_areGivenOneByOneOrWithCommas() {
    assertThat(read("--trusted-proxy=::1", "--trusted-proxy", "10.0.0.1,10.0.0.2").web())
        .extracting(HostConfig.Web::trustedProxies)
        .isEqualTo(List.of(Cidr.parse("::1"), Cidr.parse("10.0.0.1"), Cidr.parse("10.0.0.2")));
  }

  @Test
  void flagsNotGiven_leaveTheEnvironment() {
    var commandLine = new CommandLine(new AllOptions());
    commandLine.parseArgs("--data=d");
    HostConfig config =
        HostOptions.read(
            commandLine.getCommandSpec(),
            Map.of("CONSIGNE_DATA", "variable", "CONSIGNE_LISTEN", ":1"));
    assertThat(config.storage().data()).isEqualTo(Path.of("d"));
    assertThat(config.web().listen().port()).isEqualTo(1);
  }

  @Test
  void badFlag_isAParameterException() {
    assertThatThrownBy(() -> read("--limits=none"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("limits must be on or off: \"none\" (from --limits)");
  }

  @Test
  void configFlag_namesTheFile() {
    assertThatThrownBy(() -> read("--config", "missing.toml"))
        .isInstanceOf(ParameterException.class)
        .hasMessage("the configuration file cannot be read: missing.toml");
  }

  @Test
  void file_isTheOneThatIsRead() {
    var commandLine = new CommandLine(new AllOptions());
    commandLine.parseArgs();
    CommandSpec command = commandLine.getCommandSpec();
    assertThat(HostOptions.file(command, Map.of())).isEmpty();
    assertThat(HostOptions.file(command, Map.of("CONSIGNE_CONFIG", "/etc/a.toml")))
        .contains(Path.of("/etc/a.toml"));
    commandLine.parseArgs("--config=b.toml");
    assertThat(HostOptions.file(command, Map.of("CONSIGNE_CONFIG", "/etc/a.toml")))
        .contains(Path.of("b.toml").toAbsolutePath());
  }

  @Test
  void someOptions_leaveTheRestToTheEnvironment() {
    var commandLine = new CommandLine(new SomeOptions());
    commandLine.parseArgs("--data=d");
    assertThat(commandLine.getCommandSpec().findOption("--listen")).isNull();
    assertThat(
            HostOptions.read(commandLine.getCommandSpec(), Map.of("CONSIGNE_LISTEN", ":1"))
                .web()
                .listen()
                .port())
        .isEqualTo(1);
  }

  @Test
  void help_listsEveryOptionWithDefaultAndVariable() {
    String help = new CommandLine(new AllOptions()).getUsageMessage();
    for (Option<?> option : Options.ALL) {
      assertThat(help)
          .contains(option.flag())
          .contains("Variable: " + option.variable())
          .contains(option.defaultText() == null ? "" : "Default: " + option.defaultText());
    }
    assertThat(help).contains("--config=FILE").contains("Variable: CONSIGNE_CONFIG");
  }

  private static HostConfig read(String... arguments) {
    var commandLine = new CommandLine(new AllOptions());
    commandLine.parseArgs(arguments);
    return HostOptions.read(commandLine.getCommandSpec(), Map.of());
  }
}
