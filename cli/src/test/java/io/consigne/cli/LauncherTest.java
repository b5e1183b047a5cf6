package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a folder of its own, with a JDK and a Maven that only write down their calls. */
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "consigne");

  @TempDir private Path folder;
  private Path home;
  private Path jdk;
  private Path calls;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("a home"));
    jdk = folder.resolve("jdk");
    calls = folder.resolve("calls");
    Files.copy(LAUNCHER, home.resolve("consigne"));
    write(home.resolve("pom.xml"), "<project/>");
    write(home.resolve("cli/pom.xml"), "<project/>");
    write(home.resolve("cli/src/main/Main.java"), "");
    write(home.resolve("build/Format.java"), "");
    write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
    script(
        jdk.resolve("bin/java"),
        """
        for argument; do
          case $argument in -XX:AOTCacheOutput=*) echo cache > "${argument#*=}" ;; esac
        done
        echo "java $*" >> '%s'
        """
            .formatted(calls));
    script(jdk.resolve("bin/javac"), "");
    script(
        folder.resolve("bin/mvn"),
        """
        echo "mvn $JAVA_HOME $*" >> '%s'
        mkdir -p '%2$s/cli/target/dist' && : > '%2$s/cli/target/dist/consigne.jar'
        """
            .formatted(calls, home));
    write(calls, "");
  }

  @Test
  void firstStart_buildsRehearsesAndRuns() throws Exception {
    Run run = launch("--version");
    assertThat(run.err()).isEqualTo("Building Consigne (first start, about a minute)…\n");
    assertThat(run.exitCode()).isZero();
    assertThat(Files.readAllLines(calls))
        .satisfiesExactly(
            call ->
                assertThat(call)
                    .isEqualTo(
                        "mvn %s -B -q -f %s/pom.xml -Dmaven.test.skip -Dformat.skip package -pl cli"
                            + " -am",
                        jdk, home),
            call ->
                assertThat(call)
                    .contains("/consigne.aot.new -cp ", " io.consigne.cli.Rehearsal ")
                    .contains("/serve.aot.new -jar ")
                    .endsWith(" serve"),
            call ->
                assertThat(call)
                    .contains("-XX:AOTCache=" + home + "/cli/target/dist/consigne.aot ")
                    .endsWith(" -jar " + home + "/cli/target/dist/consigne.jar --version"));
  }

  @Test
  void secondStart_onlyRuns() throws Exception {
    launch("--version");
    write(calls, "");
    assertThat(launch("ls", "two words", "").err()).isEmpty();
    assertThat(Files.readAllLines(calls))
        .singleElement()
        .asString()
        .endsWith("/consigne.jar ls two words ");
  }

  @Test
  void host_hasACacheOfItsOwn() throws Exception {
    launch("serve");
    assertThat(Files.readAllLines(calls).getLast())
        .contains("-XX:+UseParallelGC", "-XX:AOTCache=" + home + "/cli/target/dist/serve.aot ")
        .doesNotContain("ArchiveRelocationMode");
  }

  /** The quick compiler encrypts and hashes at a fifth of the speed. */
  @ParameterizedTest
  @ValueSource(strings = {"put", "get", "cat", "sync", "check", "diff"})
  void whatMovesManyBytes_isCompiledWell(String command) throws Exception {
    launch(command, "a", "b");
    assertThat(Files.readAllLines(calls).getLast())
        .contains("-Xmn32m", " -XX:ArchiveRelocationMode=0 ")
        .contains(" -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.1 ")
        .containsPattern("CompileCommand=quiet .*CompileThresholdScaling")
        .doesNotContainPattern("CompileThresholdScaling.*CompileCommand=quiet")
        .doesNotContain("TieredStopAtLevel");
    launch("ls");
    assertThat(Files.readAllLines(calls).getLast())
        .contains("-XX:TieredStopAtLevel=1", " -XX:ArchiveRelocationMode=0 ");
  }

  @Test
  void changedSource_isBuiltFirst() throws Exception {
    launch("--version");
    age(home.resolve("cli/target/dist/consigne.jar"));
    write(home.resolve("cli/src/main/Main.java"), "changed");
    assertThat(launch("--version").err())
        .isEqualTo("Building Consigne (its sources have changed)…\n");
  }

  @Test
  void changedSource_isLeftWhenAskedTo() throws Exception {
    launch("--version");
    age(home.resolve("cli/target/dist/consigne.jar"));
    assertThat(launch(List.of("CONSIGNE_NO_BUILD=1"), home.resolve("consigne"), "--version").err())
        .isEmpty();
  }

  @Test
  void failedBuild_showsWhatMavenSaid() throws Exception {
    script(folder.resolve("bin/mvn"), "echo 'no such class'; exit 1\n");
    Run run = launch("--version");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            """
            Building Consigne (first start, about a minute)…
            no such class
            consigne: the build failed
            """);
  }

  @Test
  void jvmWithoutCache_runsWithoutOneAndIsNotAskedAgain() throws Exception {
    script(
        jdk.resolve("bin/java"),
        """
        case $* in *AOTCacheOutput*) echo asked >> '%1$s'; exit 1 ;; esac
        echo "java $*" >> '%1$s'
        """
            .formatted(calls));
    launch("--version");
    launch("--version");
    assertThat(Files.readString(calls)).containsOnlyOnce("asked").doesNotContain("-XX:AOTCache=");
  }

  @Test
  void otherJdk_isRehearsedAnew() throws Exception {
    launch("--version");
    write(jdk.resolve("release"), "JAVA_VERSION=\"25.0.4\"\n");
    write(calls, "");
    launch("--version");
    assertThat(Files.readString(calls)).containsOnlyOnce("io.consigne.cli.Rehearsal");
  }

  @Test
  void wrongJdk_isRefused() throws Exception {
    write(jdk.resolve("release"), "JAVA_VERSION=\"21.0.1\"\n");
    assertThat(launch("--version"))
        .isEqualTo(new Run(2, "", "consigne: CONSIGNE_JAVA_HOME is not a JDK 25: " + jdk + "\n"));
  }

  @Test
  void runtimeAlone_runsWhatIsBuilt_andBuildsNothing() throws Exception {
    launch("--version");
    Files.delete(jdk.resolve("bin/javac"));
    assertThat(launch("--version")).isEqualTo(new Run(0, "", ""));
    age(home.resolve("cli/target/dist/consigne.jar"));
    assertThat(launch("--version"))
        .isEqualTo(
            new Run(
                2,
                "",
                "consigne: a JDK 25 is needed to build Consigne; in "
                    + jdk
                    + " is a runtime alone, without a compiler\n"));
  }

  /** It was the first that was found, and the build failed beside a JDK. */
  @Test
  void jdk_isFoundBehindARuntime() throws Exception {
    Files.delete(jdk.resolve("bin/javac"));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.createSymbolicLink(folder.resolve("bin/java"), java);
    launch(
        List.of("CONSIGNE_JAVA_HOME=", "JAVA_HOME=" + jdk), home.resolve("consigne"), "--version");
    assertThat(Files.readAllLines(calls).getFirst())
        .startsWith("mvn /")
        .doesNotContain(jdk.toString());
  }

  @Test
  void symbolicLinks_leadHome() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a home/consigne"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    assertThat(launch(List.of(), second, "--version").exitCode()).isZero();
    assertThat(Files.readString(calls))
        .endsWith(" -jar " + home + "/cli/target/dist/consigne.jar --version\n");
  }

  @Test
  void optionsForJava_comeLast() throws Exception {
    launch(List.of("CONSIGNE_JAVA_OPTS=-Xmx2g -Dx=*"), home.resolve("consigne"), "serve");
    assertThat(Files.readString(calls))
        .contains(
            " -Xmx512m -XX:MaxDirectMemorySize=384m -XX:+ExitOnOutOfMemoryError"
                + " -Djdk.virtualThreadScheduler.parallelism=16 -Xmx2g -Dx=* ");
  }

  private Run launch(String... arguments) throws Exception {
    return launch(List.of(), home.resolve("consigne"), arguments);
  }

  private Run launch(List<String> variables, Path launcher, String... arguments) throws Exception {
    var command = new ArrayList<String>(List.of("env", "CONSIGNE_JAVA_HOME=" + jdk));
    command.add("PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"));
    command.addAll(variables);
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int exitCode =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Run(exitCode, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  /** As if it had been made before everything else. */
  private static void age(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private static void script(Path file, String content) throws IOException {
    write(file, "#!/bin/sh\n" + content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
