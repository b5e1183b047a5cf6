package io.consigne.e2e.rot;

import java.util.Arrays;

/** Bytes that are compared by what they are, and shown by how many they are. */
final class Bytes {
  private final byte[] array;

  Bytes(byte[] array) {
    this.array = array;
  }

  /** Whether these are the first bytes of {@code others}. */
  boolean begin(byte[] others) {
    return array.length <= others.length
        && Arrays.equals(array, Arrays.copyOf(others, array.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }

  @Override
  public String toString() {
    return array.length + " bytes";
  }
}
