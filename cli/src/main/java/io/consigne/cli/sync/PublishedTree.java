package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.client.cache.RemoteTree;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A public folder to be compared. Its listing tells names and sizes; what else is told of a file is
 * asked for by its link, until the host has refused that too often.
 */
final class PublishedTree {
  private final Session session;
  private final Address.PublicFolder folder;
  private final Breaker breaker = new Breaker();
  private final Set<String> said = new HashSet<>();

  /** How many files in a row no password has opened: a host may lock out who goes on guessing. */
  private int shut;

  private int notAsked;

  PublishedTree(Session session, Address.PublicFolder folder) {
    this.session = session;
    this.folder = folder;
  }

  RemoteTree tree() throws IOException {
    var folders = new HashSet<>(Set.of(""));
    var files = new HashMap<String, List<RemoteFile>>();
    for (Entry entry : Linked.belowPublic(session, folder)) {
      String path = entry.path().text();
      switch (entry) {
        case Entry.OfFolder _ -> folders.add(path);
        case Entry.OfFile file ->
            files.computeIfAbsent(path, _ -> new ArrayList<>(1)).add(file.file());
      }
    }
    return new RemoteTree(folders, files, Set.of(), Set.of());
  }

  /** A file with its checksums; as it is listed, if they are not told. */
  RemoteFile detailed(RemoteFile file) throws IOException {
    if (file.link() == null) {
      return file;
    }
    if (breaker.isEnded()) {
      notAsked++;
      return file;
    }
    boolean locked = file.locks().password();
    if (locked && shut >= Breaker.ALIKE) {
      return shut(file);
    }
    try {
      Optional<FileDetails> told =
          Linked.detailsByKnown(session, new Address.ByLink(file.link()), locked);
      if (told.isEmpty()) {
        return shut(file);
      }
      breaker.succeeded();
      shut = locked ? 0 : shut;
      return told.get().file();
    } catch (RefusedException e) {
      if (e.refusal().isTransient()) {
        throw e;
      }
      breaker.refused(e);
      return untold(file, file.name() + ": " + Sentences.of(e));
    } catch (Problem e) {
      return untold(file, String.valueOf(e.getMessage()));
    }
  }

  private RemoteFile shut(RemoteFile file) {
    shut++;
    return untold(
        file, "files have passwords of their own; CONSIGNE_PASSWORD or --password-file gives one");
  }

  private RemoteFile untold(RemoteFile file, String why) {
    if (said.add(why)) {
      session.talk().warn("no checksum to compare with: " + why);
    }
    return file;
  }

  /** How many files the host was not asked for any more; says so, and why. */
  int notAsked() {
    breaker
        .ended()
        .filter(_ -> notAsked > 0)
        .ifPresent(why -> session.talk().warn(Sentences.notTried(notAsked, "file", why)));
    return notAsked;
  }
}
