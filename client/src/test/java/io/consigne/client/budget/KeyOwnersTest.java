package io.consigne.client.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyOwnersTest {
  private static final String ONE = "000000000001";
  private static final String TWO = "000000000002";
  private static final String THREE = "000000000003";

  @TempDir private Path directory;

  private KeyOwners of(String host) {
    return new KeyOwners(directory, host);
  }

  @Test
  void keysOfOneAccount_areAlike() {
    KeyOwners owners = of("host");
    owners.remember(TWO, "alice@example.org");
    owners.remember(ONE, "alice@example.org");
    owners.remember(THREE, "bob@example.org");
    assertThat(owners.alike(ONE)).containsExactly(TWO);
    assertThat(owners.alike(TWO)).containsExactly(ONE);
    assertThat(owners.alike(THREE)).isEmpty();
    assertThat(owners.isKnown(ONE, "alice@example.org")).isTrue();
    assertThat(owners.isKnown(ONE, "bob@example.org")).isFalse();
  }

  /** Who tells nothing of itself, as a restricted key, is like nobody. */
  @Test
  void keyOfWhichNothingIsKnown_isLikeNoOther() {
    of("host").remember(ONE, "alice@example.org");
    assertThat(of("host").alike(TWO)).isEmpty();
    of("host").remember(TWO, "alice@example.org");
    assertThat(of("other").alike(TWO)).as("at another host").isEmpty();
  }

  @Test
  void addressThatChanged_takesThePlaceOfTheOld() {
    KeyOwners owners = of("host");
    owners.remember(ONE, "alice@example.org");
    owners.remember(TWO, "alice@example.org");
    owners.remember(TWO, "alice@example.com");
    assertThat(owners.alike(ONE)).isEmpty();
  }

  @Test
  void file_isForItsOwnerAlone_andShowsNoAddress() throws IOException {
    of("host").remember(ONE, "alice@example.org");
    Path file = directory.resolve("host-" + ONE + ".owner");
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
  }

  /** Each try left a file. */
  @Test
  void whatCannotBeRemembered_leavesNothing() throws IOException {
    Path inTheWay = directory.resolve("host-" + ONE + ".owner");
    Files.createDirectories(inTheWay.resolve("full"));
    of("host").remember(ONE, "alice@example.org");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).containsExactly(inTheWay);
    }
  }
}
