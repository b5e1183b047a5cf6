package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file system whose chosen call fails, each time from the {@code nth} on. */
final class BrokenDisk implements Disk {
  private final Call broken;
  private final int nth;
  private final IOException fault;
  private int calls;

  /** The calls that can fail. */
  enum Call {
    CREATE,
    WRITE,
    FORCE,
    FORCE_DATA,
    CUT,
    RENAME,
    FORCE_DIRECTORY
  }

  /** Throws {@code fault} from the {@code nth} call of {@code broken} on. */
  BrokenDisk(Call broken, int nth, IOException fault) {
    this.broken = broken;
    this.nth = nth;
    this.fault = fault;
  }

  /** How many calls of the broken kind there were. */
  int calls() {
    return calls;
  }

  @Override
  public FileChannel create(Path file) throws IOException {
    step(Call.CREATE);
    return Disk.REAL.create(file);
  }

  @Override
  public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
    step(Call.WRITE);
    Disk.REAL.write(file, bytes, position);
  }

  @Override
  public void force(FileChannel file) throws IOException {
    step(Call.FORCE);
    Disk.REAL.force(file);
  }

  @Override
  public void forceData(FileChannel file) throws IOException {
    step(Call.FORCE_DATA);
    Disk.REAL.forceData(file);
  }

  @Override
  public void cut(Path file, long sizeBytes) throws IOException {
    step(Call.CUT);
    Disk.REAL.cut(file, sizeBytes);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step(Call.RENAME);
    Disk.REAL.rename(from, to);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    step(Call.FORCE_DIRECTORY);
    Disk.REAL.forceDirectory(directory);
  }

  private void step(Call call) throws IOException {
    if (call == broken && ++calls >= nth) {
      throw fault;
    }
  }
}
