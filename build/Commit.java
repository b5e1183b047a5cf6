import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the commit of the working tree into a file: twelve digits, with {@code -dirty} if a
 * tracked file differs; or {@code unknown} where there is no git, as in an unpacked archive.
 *
 * <p>Arguments: the root of the sources, and the file to write.
 */
void main(String[] args) throws IOException, InterruptedException {
  Path root = Path.of(args[0]);
  Path file = Path.of(args[1]);
  Files.createDirectories(file.getParent());
  Files.writeString(file, commit(root));
}

/** An archive unpacked inside somebody else's repository has a prefix, and no commit of its own. */
String commit(Path root) throws InterruptedException {
  try {
    if (!git(root, "rev-parse", "--show-prefix").isEmpty()) {
      return "unknown";
    }
    return git(root, "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*");
  } catch (IOException _) {
    return "unknown";
  }
}

String git(Path root, String... arguments) throws IOException, InterruptedException {
  var command = new ArrayList<>(List.of("git"));
  command.addAll(List.of(arguments));
  var git =
      new ProcessBuilder(command)
          .directory(root.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
  var output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  if (git.waitFor() != 0) {
    throw new IOException("git exited with " + git.exitValue());
  }
  return output;
}
