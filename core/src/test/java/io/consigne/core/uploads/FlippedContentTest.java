package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.MemoryBlobs;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of the database file flips, and a segment is that of the next content: the row stays
 * where it was, right before the other's, and both are found for that one, the wrong one first. Its
 * bytes were once sent as the other's, all checksums good; and its own content, of nothing, was
 * once taken for a sound copy of the same bytes.
 */
class FlippedContentTest {
  private static final int SIZE = 300_000;
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");

  @TempDir Path directory;
  private final MemoryBlobs blobs = new MemoryBlobs(new Random(1));
  private UploadHost host;
  private Access alice;
  private byte[] lost;
  private byte[] doubled;
  private LinkId ofLost;
  private LinkId ofDoubled;

  @BeforeEach
  void flip() throws IOException {
    host = new UploadHost(TestDatabases.sqlite(directory), blobs);
    alice = host.account("alice@example.org", Plan.GOLD);
    List<LinkId> links =
        IntStream.range(0, 3)
            .mapToObj(i -> host.keep(alice, "f" + i, StoredBytes.random(i, SIZE)).link())
            .toList();
    int even = content(links.getFirst()).value() % 2 == 0 ? 0 : 1;
    lost = StoredBytes.random(even, SIZE);
    doubled = StoredBytes.random(even + 1, SIZE);
    ofLost = links.get(even);
    ofDoubled = links.get(even + 1);
    assertThat(content(ofDoubled).value()).isEqualTo(content(ofLost).value() + 1);
    byte[] row = row(content(ofLost), host.segments(alice, ofLost).getFirst().storeFile());
    host.close();

    Path file = directory.resolve("host.db");
    byte[] bytes = Files.readAllBytes(file);
    int[] found =
        IntStream.rangeClosed(0, bytes.length - row.length)
            .filter(at -> Arrays.equals(bytes, at, at + row.length, row, 0, row.length))
            .toArray();
    assertThat(found).hasSize(1);
    bytes[found[0] + 5] ^= 1;
    Files.write(file, bytes);

    host = new UploadHost(TestDatabases.sqlite(directory), blobs);
    Account account = host.accounts.get("alice@example.org");
    alice = Access.full(account.id(), Plan.GOLD, account.root(), null);
  }

  @AfterEach
  void close() {
    host.close();
  }

  /** Its number in six bytes, its position in none, its store file. */
  private static byte[] row(ContentId content, String storeFile) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(content.value()).array();
    return ByteBuffer.allocate(6 + storeFile.length())
        .put(number, 2, 6)
        .put(storeFile.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  @Test
  void contentWithAnothersSegment_isNotServed() {
    assertRotten(ofDoubled);
  }

  @Test
  void contentWithoutItsSegment_isNotServed_untilItIsUploadedAgain() {
    assertRotten(ofLost);
    LinkId again = host.keep(alice, "again", lost).link();
    assertThat(download(again)).isEqualTo(lost);
    assertThat(download(ofLost)).isEqualTo(lost);
  }

  /** Its rows cannot be told apart in the damaged file: nothing is answered, and nothing kept. */
  @Test
  void contentWithAnothersSegment_uploadedAgain_isRefused() {
    int before = host.storeFiles();
    assertThatThrownBy(() -> host.keep(alice, "again", doubled))
        .isInstanceOf(DatabaseException.class);
    assertThat(host.storeFiles()).isEqualTo(before);
  }

  /** Others would get a content of their own, made of the same segments. */
  @Test
  void damagedContents_areNotCopiedToOtherAccounts() {
    Access bob = host.account("bob@example.org", Plan.GOLD);
    for (LinkId link : List.of(ofLost, ofDoubled)) {
      List<StoredFile> source = List.of(host.file(alice, link));
      assertThatThrownBy(() -> host.copy(bob, source, FolderRef.ROOT, null))
          .isInstanceOfSatisfying(
              FailureException.class,
              e -> assertThat(e.failure()).isInstanceOf(Failure.Rotten.class));
    }
    assertThat(host.accounts.get(bob.account()).usedBytes()).isZero();
  }

  /** One was once that of no bytes, the other that of both contents. */
  @Test
  void damagedContents_getNoWhirlpool() {
    LinkId last = host.keep(alice, "last", StoredBytes.random(9, SIZE)).link();
    host.hashes.start(1);
    await().until(() -> !host.file(alice, last).whirlpool().isEmpty());
    assertThat(host.file(alice, ofLost).whirlpool()).isEmpty();
    assertThat(host.file(alice, ofDoubled).whirlpool()).isEmpty();
  }

  private void assertRotten(LinkId link) {
    assertThatThrownBy(() -> download(link))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.Rotten.class));
  }

  private ContentId content(LinkId link) {
    return host.file(alice, link).content();
  }

  /** As many of the bytes as the file has. */
  private byte[] download(LinkId link) {
    var parts = new TestHost(host.database);
    var links =
        new Links(parts.database, parts.files, parts.guard, _ -> Optional.empty(), parts.clock);
    var visitor = new Visitor(alice, HOME, null);
    String token =
        parts.downloads.issue(links.open(FileRef.of(link), visitor), visitor, false, false);
    Downloads.Download found = parts.downloads.open(token, new Downloads.Bearer(HOME, null, false));
    return Arrays.copyOf(host.read(found.segments()), (int) found.file().size());
  }
}
