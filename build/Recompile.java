import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Replaces the classes in a library's jar by those that its published sources give on this JDK. The
 * JVM's AOT cache refuses classes that were compiled for Java 5, and loads them slowly.
 *
 * <p>Arguments: the jar with the sources, and the jar to change. A jar that has been changed
 * already is left alone.
 */
void main(String[] args) throws IOException {
  Path changed = Path.of(args[1] + ".new");
  try (FileSystem sources = FileSystems.newFileSystem(Path.of(args[0]));
      FileSystem current = FileSystems.newFileSystem(Path.of(args[1]))) {
    if (Files.exists(current.getPath(MARK))) {
      return;
    }
    Files.deleteIfExists(changed);
    try (FileSystem jar = newJar(changed)) {
      compile(javaFiles(sources), jar.getPath("/"));
      Files.createDirectories(jar.getPath("META-INF"));
      Files.writeString(jar.getPath(MARK), "Compiled for Java " + Runtime.version().feature());
    }
  }
  Files.move(changed, Path.of(args[1]), StandardCopyOption.REPLACE_EXISTING);
}

static final String MARK = "META-INF/recompiled";

FileSystem newJar(Path file) throws IOException {
  return FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), Map.of("create", "true"));
}

List<Path> javaFiles(FileSystem sources) throws IOException {
  try (var files = Files.walk(sources.getPath("/"))) {
    return files.filter(file -> file.toString().endsWith(".java")).toList();
  }
}

void compile(List<Path> files, Path classes) throws IOException {
  JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
    manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
    var units = manager.getJavaFileObjectsFromPaths(files);
    var options = List.of("-nowarn", "-proc:none", "-Xlint:none", "-g");
    if (!compiler.getTask(null, manager, null, options, null, units).call()) {
      throw new IOException("these sources do not compile: " + files);
    }
  }
}
