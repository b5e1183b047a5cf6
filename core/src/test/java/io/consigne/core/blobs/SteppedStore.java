package io.consigne.core.blobs;

import io.consigne.core.testing.Steps;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** A store on disk whose system calls are steps. */
public final class SteppedStore {
  private SteppedStore() {}

  /** Opens the store in {@code directory}. */
  public static Blobs open(Path directory, RandomGenerator random, Steps steps) {
    return new DiskBlobs(directory, random, new SteppedDisk(steps), PackLimits.DEFAULT);
  }

  private record SteppedDisk(Steps steps) implements Disk {
    @Override
    public FileChannel create(Path file) throws IOException {
      steps.store("create");
      return Disk.REAL.create(file);
    }

    @Override
    public void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
      steps.store("write");
      Disk.REAL.write(file, bytes, position);
    }

    @Override
    public void force(FileChannel file) throws IOException {
      steps.store("sync");
      Disk.REAL.force(file);
    }

    @Override
    public void forceData(FileChannel file) throws IOException {
      steps.store("sync data");
      Disk.REAL.forceData(file);
    }

    @Override
    public void cut(Path file, long sizeBytes) throws IOException {
      steps.store("cut");
      Disk.REAL.cut(file, sizeBytes);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
      steps.store("rename");
      Disk.REAL.rename(from, to);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
      steps.store("create directory");
      Disk.REAL.createDirectory(directory);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
      steps.store("sync directory");
      Disk.REAL.forceDirectory(directory);
    }

    @Override
    public void delete(Path file) throws IOException {
      steps.store("delete");
      Disk.REAL.delete(file);
    }
  }
}
