package io.consigne.client.transfer;

/**
 * A file on its way. Each transfer has one of its own, so that files of one name in different
 * folders are told apart: it equals nothing but itself.
 */
public final class TransferFile {
  private final String name;
  private final long sizeBytes;

  /**
   * A file of that name and size.
   *
   * @param name without folders
   * @param sizeBytes its length
   */
  public TransferFile(String name, long sizeBytes) {
    this.name = name;
    this.sizeBytes = sizeBytes;
  }

  /** {@return its name, without folders} */
  public String name() {
    return name;
  }

  /** {@return its length} */
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public String toString() {
    return name + ", " + sizeBytes + " bytes";
  }
}
