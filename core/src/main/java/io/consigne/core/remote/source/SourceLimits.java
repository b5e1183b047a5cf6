package io.consigne.core.remote.source;

/** How long what names a source may be: the table of that. */
public final class SourceLimits {
  /** The longest address that is taken, in characters. */
  public static final int ADDRESS_LENGTH = 4096;

  /** How many headers are taken. */
  public static final int HEADERS = 50;

  /** How long all of them together may be, in characters. */
  public static final int HEADERS_LENGTH = 16_384;

  private SourceLimits() {}
}
