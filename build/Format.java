import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Formats every Java file of the repository, or checks that they are formatted.
 *
 * <p>{@code --check} prints the files that differ and exits with 1; {@code --write} rewrites them.
 * The parent POM runs the check in {@code validate}; {@code mvn validate -N -Dformat.goal=--write}
 * rewrites.
 */
void main(String[] args) throws IOException, FormatterException {
  boolean write = args[0].equals("--write");
  var formatter = new Formatter();
  var differing = 0;
  for (Path file : sources(Path.of(args[1]))) {
    String before = Files.readString(file);
    String after = formatter.formatSourceAndFixImports(before);
    if (before.equals(after)) {
      continue;
    }
    differing++;
    IO.println((write ? "formatted " : "not formatted: ") + file);
    if (write) {
      Files.writeString(file, after);
    }
  }
  if (differing > 0 && !write) {
    IO.println("Run: mvn -q validate -N -Dformat.goal=--write");
    System.exit(1);
  }
}

List<Path> sources(Path root) throws IOException {
  try (var files = Files.walk(root)) {
    return files
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !root.relativize(file).toString().contains("target/"))
        .toList();
  }
}
