package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.BlobReader;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.blobs.TestStores;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.Turns;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One content that is uploaded, copied, read, removed, collected, moved and backed up at the same
 * time, in an order that a seed gives. Whoever was answered can read it at every turn, until
 * somebody begins to remove it; who has found it before has the grace time to read it.
 */
final class Race {
  static final Duration GRACE = Duration.ofMinutes(10);
  private static final int OTHER_BYTES = 4000;
  private static final int[] SIZES = {0, 3000, 200_000};

  private final UploadHost host;
  private final RaceBackups backups;
  private final List<Access> people;
  private final Turns turns;
  private final Random random;
  private final byte[] bytes;
  private final List<Owned> files = new ArrayList<>();
  private final Set<LinkId> beingRemoved = new HashSet<>();

  Race(UploadHost host, RaceBackups backups, List<Access> people, Turns turns, long seed) {
    this.host = host;
    this.backups = backups;
    this.people = people;
    this.turns = turns;
    this.random = new Random(seed);
    this.bytes = StoredBytes.random((int) seed, SIZES[random.nextInt(SIZES.length)]);
  }

  /** Runs it. */
  void run() throws InterruptedException {
    uploadBesideOther(people.getFirst());
    if (random.nextBoolean()) {
      remove();
    }
    var players = new ArrayList<Runnable>(List.of(this::collect));
    for (int i = 2 + random.nextInt(4); i > 0; i--) {
      players.add(player());
    }
    turns.play(players, random);
    files.forEach(this::read);
    while (!files.isEmpty()) {
      remove();
    }
  }

  private Runnable player() {
    Access who = people.get(random.nextInt(people.size()));
    return switch (random.nextInt(11)) {
      case 0, 1, 2 -> () -> upload(who);
      case 3 -> this::remove;
      case 4 -> () -> copy(who);
      case 5 -> this::removeAndCollect;
      case 6 -> this::compact;
      case 7, 8 -> backups::backUp;
      default -> this::readOne;
    };
  }

  private void upload(Access who) {
    var file = new Owned(who, host.keep(who, "file", bytes).link());
    files.add(file);
    read(file);
  }

  /** In a store file of which the larger part is removed at once. */
  private void uploadBesideOther(Access who) {
    try (Upload upload = host.begin(who)) {
      UploadHost.send(upload, "other", StoredBytes.random((int) random.nextLong(), OTHER_BYTES));
      UploadHost.send(upload, "file", bytes);
      List<UploadedFile.Kept> kept = upload.commit(UploadForm.PLAIN).kept();
      host.files.remove(who, List.of(kept.getFirst().link()));
      files.add(new Owned(who, kept.getLast().link()));
    }
  }

  private void remove() {
    if (!files.isEmpty()) {
      Owned file = files.remove(random.nextInt(files.size()));
      beingRemoved.add(file.link());
      host.files.remove(file.owner(), List.of(file.link()));
    }
  }

  private void copy(Access who) {
    if (files.isEmpty()) {
      return;
    }
    Owned source = any();
    try {
      StoredFile file = host.files.get(source.owner(), FileRef.of(source.link())).file();
      StoredFile copy =
          host.copy(who, List.of(file), FolderRef.ROOT, new FileName("copy")).getFirst();
      files.add(new Owned(who, copy.link()));
      read(files.getLast());
    } catch (FailureException e) {
      expectRemoved(source, e);
    }
  }

  /** More time than the grace time passes, and what was removed before is collected. */
  private void collect() {
    host.clock.advance(GRACE.plusMinutes(random.nextInt(3) - 1));
    turns.pass();
    backups.collect();
  }

  /** Until its store file is gone, too, if nobody needs it. */
  private void removeAndCollect() {
    remove();
    for (int i = 0; i < 3; i++) {
      collect();
    }
  }

  /** Collects, which leaves a store file that is mostly dead, and moves what is not. */
  private void compact() {
    collect();
    backups.compact(TestStores.eagerCompaction(host.database, host.blobs, host.clock));
  }

  private void readOne() {
    if (!files.isEmpty()) {
      read(any());
    }
  }

  private Owned any() {
    return files.get(random.nextInt(files.size()));
  }

  private void read(Owned file) {
    Instant found = host.clock.instant();
    List<Segment> segments;
    try {
      segments = host.segments(file.owner(), file.link());
    } catch (FailureException e) {
      expectRemoved(file, e);
      return;
    }
    if (segments.isEmpty()) { // the file was found, and then its content was not
      expectLate(found, file, "no segments");
      return;
    }
    try {
      assertThat(read(segments)).isEqualTo(bytes);
    } catch (FailureException e) {
      expectLate(found, file, e.failure().toString());
    }
  }

  private void expectLate(Instant found, Owned file, String missing) {
    assertThat(host.clock.instant())
        .as("%s is missing within the grace time: %s", file, missing)
        .isAfterOrEqualTo(found.plus(GRACE));
  }

  private byte[] read(List<Segment> segments) {
    var read = new ByteArrayOutputStream();
    for (Segment segment : segments) {
      try (BlobReader reader = host.blobs.open(segment, 0, segment.length())) {
        for (ByteBuffer next = reader.next(); next != null; next = reader.next()) {
          byte[] piece = new byte[next.remaining()];
          next.get(piece);
          read.writeBytes(piece);
        }
      }
    }
    return read.toByteArray();
  }

  private void expectRemoved(Owned file, FailureException failure) {
    assertThat(failure.failure()).isInstanceOf(Failure.NotFound.class);
    assertThat(beingRemoved).contains(file.link());
  }

  private record Owned(Access owner, LinkId link) {}
}
