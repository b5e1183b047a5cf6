package io.consigne.client.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadResult.Stored;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is there, whatever is to stay, and whatever others remove meanwhile. */
class LastCopyTest {
  private static final int ROUNDS = 40;

  /** Each of another size, so that the size tells the content. */
  private static final List<String> WORDS = List.of("one", "four", "three", "second");

  @TempDir private Path directory;
  private final Random random = new Random(20261121);

  /** Stored and not removed, with its size. */
  private final Map<FileLink, Long> there = new HashMap<>();

  private int byRival;
  private int byDedupe;
  private int leftAlone;

  @Test
  void lastCopy_isNeverRemovedByUs() throws IOException {
    try (RealHost host = RealHost.start(directory.resolve("host"))) {
      ClientConfig config =
          ClientConfig.of(host.url(), new ApiKey(host.key())).stateIn(directory.resolve("state"));
      try (var client = new Client(config);
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        FolderId folder = client.folders().make(FolderId.ROOT, "A");
        for (int round = 0; round < ROUNDS; round++) {
          store(client, FolderId.ROOT);
          store(client, folder);
          dedupe(client, new Dedupe(client, listings));
          assertThat(links(client)).as("round %d", round).isEqualTo(there.keySet());
        }
      }
    }
    System.out.printf(
        "last copies: %d removed by us, %d by others, %d groups left alone%n",
        byDedupe, byRival, leftAlone);
    assertThat(leftAlone).as("others removed what was to stay").isPositive();
  }

  private void store(Client client, FolderId folder) throws IOException {
    var sources = new ArrayList<UploadSource>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      byte[] word = WORDS.get(random.nextInt(WORDS.size())).getBytes(StandardCharsets.UTF_8);
      sources.add(UploadSource.of("file " + random.nextInt(1000), word));
    }
    for (UploadResult result : client.uploads().send(folder, sources, Progress.UNSEEN)) {
      Stored stored = (Stored) result;
      there.put(stored.link(), stored.source().sizeBytes());
    }
  }

  private void dedupe(Client client, Dedupe dedupe) throws IOException {
    Keep keep = List.of(Keep.values()).get(random.nextInt(Keep.values().length));
    for (Group group : dedupe.groups("", keep, Duration.ZERO)) {
      if (random.nextInt(3) == 0) {
        rival(client, List.copyOf(there.keySet()).get(random.nextInt(there.size())));
      }
      if (random.nextInt(6) == 0) {
        rival(client, links(group, group.kept()::equals).getFirst());
      }
      if (dedupe.remove(group)) {
        links(group, group.removed()::contains).forEach(this::removedByUs);
      } else {
        leftAlone++;
        assertThat(there).doesNotContainKey(links(group, group.kept()::equals).getFirst());
      }
    }
  }

  private static List<FileLink> links(Group group, Predicate<RemoteFile> which) {
    return group.files().stream().filter(which).map(LastCopyTest::link).toList();
  }

  private static FileLink link(RemoteFile file) {
    FileLink link = file.link();
    if (link == null) {
      throw new AssertionError(file);
    }
    return link;
  }

  /** Somebody else, who looks at nothing. */
  private void rival(Client client, FileLink link) throws IOException {
    if (there.remove(link) != null) {
      client.files().remove(List.of(link));
      byRival++;
    }
  }

  private void removedByUs(FileLink link) {
    Long content = there.remove(link);
    if (content != null) {
      byDedupe++;
      assertThat(there).as("another copy of what was removed").containsValue(content);
    }
  }

  private static Set<FileLink> links(Client client) throws IOException {
    var links = new HashSet<FileLink>();
    client.files().listAll().forEach(file -> links.add(link(file)));
    return links;
  }
}
