package io.consigne.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that differ a little from others, or are put together from several. */
final class Mutants {
  private static final int MOST_EDITS = 6;
  private static final int MOST_BYTES = 4096;
  private static final String TELLING = "\0\t\r\n \"%'(),-./0:;<=>@[\\]_{}\u007f\u0080\u00c3\u00ff";

  private final List<byte[]> inputs;
  private final Random random;

  Mutants(List<byte[]> inputs, Random random) {
    this.inputs = inputs;
    this.random = random;
  }

  byte[] next() {
    byte[] mutant = any();
    for (int edits = 1 + random.nextInt(MOST_EDITS); edits > 0; edits--) {
      mutant = edited(mutant);
    }
    return mutant.length > MOST_BYTES ? Arrays.copyOf(mutant, MOST_BYTES) : mutant;
  }

  /** Bytes as text, what is not ASCII as {@code \xff}. */
  static String shown(byte[] bytes) {
    var text = new StringBuilder();
    for (byte octet : bytes) {
      boolean plain = octet >= ' ' && octet <= '~' && octet != '\\';
      text.append(plain ? String.valueOf((char) octet) : "\\x%02x".formatted(octet));
    }
    return text.toString();
  }

  private byte[] any() {
    return inputs.get(random.nextInt(inputs.size()));
  }

  /** Puts something in place of a piece of the input, either of which may be empty. */
  private byte[] edited(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(3) * random.nextInt(9));
    var edited = new ByteArrayOutputStream();
    edited.write(input, 0, from);
    edited.writeBytes(
        switch (random.nextInt(5)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2 -> new byte[] {telling()};
          case 3 -> piece(input);
          default -> piece(any());
        });
    edited.write(input, to, input.length - to);
    return edited.toByteArray();
  }

  private byte telling() {
    return TELLING.getBytes(StandardCharsets.ISO_8859_1)[random.nextInt(TELLING.length())];
  }

  private byte[] piece(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(40));
    return Arrays.copyOfRange(input, from, to);
  }
}
