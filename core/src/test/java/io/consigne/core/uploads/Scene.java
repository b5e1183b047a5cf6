package io.consigne.core.uploads;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.AttributeChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Share;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** A host on disk with two accounts, in which {@link Act}s take place. */
final class Scene implements AutoCloseable {
  final UploadHost host;
  final Access alice;

  /** A folder of another account, in which alice may write. */
  final FolderRef bobs;

  private final Path store;
  private int made;

  /** Makes the accounts on a new host, whose store is in the directory {@code store}. */
  Scene(UploadHost host, Path store) {
    this.host = host;
    this.store = store;
    String email = TestHost.newEmail();
    alice = host.account(email, Plan.GOLD);
    Access bob = host.account(TestHost.newEmail(), Plan.GOLD);
    bobs = FolderRef.of(host.folders.make(bob, FolderRef.ROOT, new FileName("open")).id());
    new FolderSharing(host.database, host.clock, new SecureRandom())
        .change(
            bob,
            bobs,
            new FolderSharing.Change(
                null, AttributeChange.PasswordChange.KEEP, List.of(new Share(email, true, false))));
    upload(100_000);
  }

  /** A number that was not given before. */
  long number() {
    return ++made;
  }

  /** A name that was not given before. */
  String name() {
    return "name" + number();
  }

  /** Bytes that no other content has. */
  byte[] bytes(int size) {
    return StoredBytes.random((int) number(), size);
  }

  /** Uploads new bytes of these sizes in one upload, and returns the link of the first. */
  LinkId upload(int... sizes) {
    var contents = new ArrayList<byte[]>();
    for (int size : sizes) {
      contents.add(bytes(size));
    }
    return upload(contents);
  }

  /** Uploads a file. */
  LinkId upload(byte[] content) {
    return upload(List.of(content));
  }

  private LinkId upload(List<byte[]> contents) {
    try (Upload upload = host.begin(alice)) {
      contents.forEach(content -> UploadHost.send(upload, name(), content));
      return upload.commit(UploadForm.PLAIN).kept().getFirst().link();
    }
  }

  /** Makes a folder. */
  FolderRef folder() {
    return FolderRef.of(host.folders.make(alice, FolderRef.ROOT, new FileName(name())).id());
  }

  /** Damages the stored bytes of a file. */
  void damage(LinkId link) {
    Segment segment = host.segments(alice, link).getFirst();
    Path file = store.resolve(segment.storeFile().substring(0, 2)).resolve(segment.storeFile());
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(segment.offset());
      int old = bytes.read();
      bytes.seek(segment.offset());
      bytes.write(old ^ 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    host.close();
  }
}
