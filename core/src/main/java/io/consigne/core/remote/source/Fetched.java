package io.consigne.core.remote.source;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/** A file that is being fetched. Whoever opened it closes it. */
public interface Fetched extends AutoCloseable {
  /**
   * The bytes from {@link #offset()} to the end of the file. Its reads throw {@link
   * SourceException}: when the source is too slow, when it ends before the length that it named,
   * when it sends more than was allowed. An end without exception is the end of the file, as far as
   * the source tells.
   */
  InputStream body();

  /** How long the whole file is, in bytes, if the source says so. */
  OptionalLong length();

  /**
   * Where {@link #body()} begins: the offset that was asked for, or 0 if the source does not resume
   * or has another file now. Then what was fetched before is of no use.
   */
  long offset();

  /**
   * The name that the source gives the file, else the last part of its path. A stranger wrote it:
   * it holds no slash and no backslash, but whatever else.
   */
  Optional<String> fileName();

  /**
   * What tells this state of the file from others: to be given back to resume. Empty if the source
   * cannot resume.
   */
  Optional<String> validator();

  /** Whether the next read would not have to wait, as far as can be told without reading. */
  boolean isReady();

  /**
   * Ends the connection at once, wherever it is; a read that waits in another thread throws {@link
   * SourceException.Reason#STOPPED}. A second time does nothing.
   */
  @Override
  void close();
}
