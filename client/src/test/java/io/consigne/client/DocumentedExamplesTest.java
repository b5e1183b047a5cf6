package io.consigne.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that {@code docs/client.md} shows are whole: one who copies them can run them. */
class DocumentedExamplesTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "client.md");
  private static final Pattern PROGRAM = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("public class (\\w+)");
  private static final Pattern VERSION =
      Pattern.compile("<artifactId>consigne[a-z-]*</artifactId>\\s*<version>([^<]+)</version>");

  @TempDir private Path directory;

  @Test
  void programs_compile_andTheFirstRuns() throws Exception {
    List<String> programs =
        PROGRAM.matcher(Files.readString(DOCUMENT)).results().map(found -> found.group(1)).toList();
    assertThat(programs).hasSize(2);
    for (String program : programs) {
      compile(program);
    }
    Files.writeString(directory.resolve("hello.txt"), "hello world\n");
    try (RealHost host = RealHost.start(directory.resolve("host"))) {
      assertThat(run("Hello", host)).matches("http://127\\.0\\.0\\.1:[0-9]+/\\?[a-z0-9]{20}\\n");
    }
    assertThat(directory.resolve("copy of hello.txt")).hasContent("hello world\n");
  }

  private void compile(String program) throws IOException, InterruptedException {
    Matcher name = NAME.matcher(program);
    assertThat(name.find()).isTrue();
    Path source = Files.writeString(directory.resolve(name.group(1) + ".java"), program);
    String[] javac = {"javac", "-Xlint:all", "-Werror", "-proc:none", "-cp", classes()};
    var command = new ArrayList<>(List.of(javac));
    command.addAll(List.of("-d", directory.toString(), source.toString()));
    said(command, Map.of());
  }

  private static String classes() {
    return Path.of("target", "classes").toAbsolutePath()
        + ":"
        + System.getProperty("java.class.path")
        + ":"
        + System.getProperty("jdk.module.path", "");
  }

  private String run(String program, RealHost host) throws IOException, InterruptedException {
    return said(
        List.of("java", "-cp", directory + ":" + classes(), program),
        Map.of(
            "CONSIGNE_URL", host.url().toString(),
            "CONSIGNE_API_KEY", host.key(),
            "HOME", directory.toString(),
            "XDG_STATE_HOME", directory.resolve("state").toString()));
  }

  /** What a tool of this JDK prints, which must end well. */
  private String said(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var tool = new ArrayList<>(command);
    tool.set(0, System.getProperty("java.home") + "/bin/" + command.getFirst());
    var builder = new ProcessBuilder(tool).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void dependency_isThisVersion() throws IOException {
    assertThat(version(DOCUMENT)).isEqualTo(version(Path.of("..", "pom.xml")));
  }

  private static String version(Path file) throws IOException {
    return VERSION
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
