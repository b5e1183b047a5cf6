package io.consigne.core.remote.source;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file that comes over a line. */
record OpenFile(Line line, FileBody.Extent extent, InputStream body, Label label)
    implements Fetched {
  /** What the source says about a file. */
  record Label(@Nullable String name, @Nullable String state) {}

  @Override
  public OptionalLong length() {
    return extent.length();
  }

  @Override
  public long offset() {
    return extent.offset();
  }

  @Override
  public Optional<String> fileName() {
    return Optional.ofNullable(label.name());
  }

  @Override
  public Optional<String> validator() {
    return Optional.ofNullable(label.state());
  }

  @Override
  public boolean isReady() {
    return line.isReady();
  }

  @Override
  public void close() {
    line.close();
  }
}
