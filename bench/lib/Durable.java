import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * What one thread reaches that keeps files of 10 KiB the plain way: writes, syncs the file, renames
 * it, syncs the directory. Arguments: directory, seconds. Prints files a second.
 */
final class Durable {
  private static final int BYTES = 10 * 1024;

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    long end = Duration.ofSeconds(Long.parseLong(arguments[1])).toNanos();
    ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    long begin = System.nanoTime();
    long files = 0;
    try (FileChannel entries = FileChannel.open(directory, READ)) {
      while (System.nanoTime() - begin < end) {
        keep(directory, Long.toString(files++), bytes.rewind());
        entries.force(true);
      }
    }
    System.out.printf("%.1f%n", files * 1e9 / (System.nanoTime() - begin));
  }

  private static void keep(Path directory, String name, ByteBuffer bytes) throws IOException {
    Path incoming = directory.resolve(name + ".new");
    try (FileChannel file = FileChannel.open(incoming, CREATE_NEW, WRITE)) {
      file.write(bytes);
      file.force(false);
    }
    Files.move(incoming, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
