package io.consigne.client.transfer;

import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.ChangedFileException;
import io.consigne.client.wire.MultipartBody;
import io.consigne.client.wire.TransferCalls;
import io.consigne.client.wire.TransferCalls.UploadPlace;
import io.consigne.client.wire.UnreadableFileException;
import io.consigne.client.wire.UploadPart;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one request, until it is known of each what became of it.
 *
 * <p>A body that did not go out whole is kept by no host, and is sent again. After any other
 * doubtful end report and folder are looked into for as long as the host may take to tell, and only
 * then is sent again what is in neither: never a duplicate. What the host said to have taken is not
 * sent again at all; it stays in doubt if the host does not tell more. A Consigne host takes an
 * upload id only once, so there the same id is used again. A file that cannot be read, or that
 * changes while it is sent, is left out, and the others are sent again. Of files that are refused
 * together for what one of them is, each half is sent by itself, until it is known which.
 */
final class BatchUpload {
  private final Host host;
  private final FolderId folder;
  private final Matching matching;
  private final UploadJournal journal;
  private final Alone alone;
  private final Map<UploadPlace, OpenUpload> opened = new ConcurrentHashMap<>();
  private @Nullable UploadPlace again;

  BatchUpload(Host host, FolderId folder, Matching matching, UploadJournal journal) {
    this.host = host;
    this.folder = folder;
    this.matching = matching;
    this.journal = journal;
    this.alone = new Alone();
  }

  private BatchUpload(BatchUpload whole, Matching some) {
    this.host = whole.host;
    this.folder = whole.folder;
    this.matching = some;
    this.journal = whole.journal;
    this.alone = whole.alone;
  }

  /** How the files of a request that was refused fare by themselves. */
  private static final class Alone {
    /** In a row. */
    private int refused;

    private boolean stored;
  }

  /** The end of a request. */
  private sealed interface End {
    /** The host has the body. */
    record Taken() implements End {}

    /** The host has nothing. */
    record NotTaken(IOException why) implements End {}

    /** Nobody knows. */
    record Doubtful(IOException why) implements End {}

    /** The host has refused for good. */
    record Refused(RefusedException why) implements End {}

    /** The host has nothing, since a file cannot be read, or has changed. */
    record Unreadable(SentFile file, IOException why) implements End {}
  }

  /**
   * Sends until all is known.
   *
   * @throws IOException if the host cannot be reached, or refuses all; what was sent before is then
   *     not known to be there
   */
  Matching run() throws IOException {
    matching.open().forEach(SentFile::begin);
    return send();
  }

  private Matching send() throws IOException {
    int tries = 0;
    boolean doubtful = false;
    while (true) {
      UploadPlace place = place();
      if (!doubtful && leavesOutAll()) {
        return matching;
      }
      End end = send(place);
      doubtful |= end instanceof End.Doubtful;
      close(place, end);
      switch (end) {
        case End.Taken() -> {
          keepTaken(place);
          looking().afterTaken(place);
          if (matching.isAnyStored()) {
            alone.stored = true;
            alone.refused = 0;
          }
          leaveInDoubt(place);
        }
        case End.Doubtful(IOException _) -> {
          looking().afterDoubt(place);
          again = host.capabilities().consigne() ? place : again;
        }
        case End.NotTaken(IOException _) -> again = place;
        case End.Refused(RefusedException why) -> refused(place, why);
        case End.Unreadable(SentFile file, IOException why) ->
            matching.refuse(file, leftOut(file, why));
      }
      if (matching.open().isEmpty()) {
        return matching;
      }
      tries += end instanceof End.Unreadable ? 0 : 1;
      restart(end, tries);
    }
  }

  /**
   * Leaves out what has changed before all is sent for nothing, if the host cannot have it yet.
   *
   * @return whether nothing is left
   */
  private boolean leavesOutAll() {
    for (SentFile file : matching.open()) {
      try {
        file.source().content().check();
      } catch (IOException e) {
        matching.refuse(file, leftOut(file, e));
      }
    }
    return matching.open().isEmpty();
  }

  /** From now on the host may have these files. */
  private void open(UploadPlace place, List<SentFile> files) throws IOException {
    var upload =
        new OpenUpload(
            folder,
            place.host(),
            place.id(),
            files.stream().map(SentFile::item).toList(),
            matching.others());
    try {
      journal.open(upload);
    } catch (IOException e) {
      throw new UnkeptException(e);
    }
    opened.put(place, upload);
  }

  /** A Consigne host tells at once what became of it. */
  private void keepTaken(UploadPlace place) {
    OpenUpload upload = opened.get(place);
    if (upload != null && !host.capabilities().consigne()) {
      journal.taken(upload);
    }
  }

  /** What the host is known not to have is open no more. */
  private void close(UploadPlace place, End end) {
    OpenUpload upload = opened.get(place);
    boolean has = end instanceof End.Taken || end instanceof End.Doubtful;
    if (upload != null && !has) {
      journal.end(List.of(upload), List.of());
      opened.remove(place);
    }
  }

  /** Those that end with this: of what stays in doubt somebody else is to find out. */
  List<OpenUpload> opened() {
    return List.copyOf(opened.values());
  }

  /** The journal cannot be written: nothing may go out of which nobody would know. */
  private static final class UnkeptException extends IOException {
    private static final long serialVersionUID = 1L;

    UnkeptException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private UploadPlace place() throws IOException {
    UploadPlace known = again;
    return known != null && host.capabilities().consigne()
        ? known
        : host.policy().run(TransferCalls.uploadPlace());
  }

  private End send(UploadPlace place) throws IOException {
    List<SentFile> files = matching.open();
    List<UploadPart> parts = files.stream().map(this::part).toList();
    String boundary = "consigne" + Long.toHexString(host.random().nextLong()) + "x";
    var body = new MultipartBody(boundary, folder, parts, () -> open(place, files));
    try {
      host.policy()
          .once(() -> {
            host.wire().upload(place, body);
            return place;
          });
      return new End.Taken();
    } catch (RefusedException e) {
      return switch (e.refusal()) {
        case Refusal.Flood flood when flood.said().status() != 0 -> new End.NotTaken(e);
        case Refusal.Unavailable _ -> new End.Doubtful(e);
        // A Consigne host says so of an id that it has a report for.
        case Refusal.Conflict _ when again != null -> new End.Doubtful(e);
        default -> new End.Refused(e);
      };
    } catch (IOException e) {
      Optional<UnreadableFileException> local = unreadable(e);
      if (local.isPresent()) {
        return new End.Unreadable(files.get(local.get().index()), local.get().why());
      }
      if (!Policy.isBroken(e) || cause(e, UnkeptException.class).isPresent()) {
        throw e;
      }
      return body.isSentWhole() ? new End.Doubtful(e) : new End.NotTaken(e);
    }
  }

  private UploadPart part(SentFile file) {
    String name = host.wire().nameThere(file.source().name());
    return file.part(name, host.capabilities().uploadTimes());
  }

  /** The local failure that ended a request; none if this thread is to end. */
  private static Optional<UnreadableFileException> unreadable(IOException e) {
    return Thread.currentThread().isInterrupted()
        ? Optional.empty()
        : cause(e, UnreadableFileException.class);
  }

  private static <T> Optional<T> cause(IOException e, Class<T> kind) {
    return Policy.causes(e).filter(kind::isInstance).map(kind::cast).findFirst();
  }

  private static Refusal leftOut(SentFile file, IOException why) {
    String name = file.source().name();
    String sentence =
        switch (why) {
          case ChangedFileException e -> String.valueOf(e.getMessage());
          case NoSuchFileException _ -> name + " is not there any more";
          case AccessDeniedException _ -> name + " may not be read";
          case FileSystemException e when e.getReason() != null ->
              "%s cannot be read: %s".formatted(name, e.getReason());
          default -> "%s cannot be read: %s".formatted(name, why.getMessage());
        };
    return new Refusal.Invalid(new Said(0, sentence));
  }

  /** Nothing was kept; the report of a Consigne host says why, file by file. */
  private void refused(UploadPlace place, RefusedException why) throws IOException {
    if (host.capabilities().consigne() && !(why.refusal() instanceof Refusal.NotAuthenticated)) {
      try {
        matching.take(host.wire().report(place));
      } catch (RefusedException e) {
        // The answer to the upload says as much.
      }
    }
    int open = matching.open().size();
    if (open == 1 && isAboutFiles(why.refusal())) {
      alone.refused++;
      matching.refuse(why.refusal());
    } else if (open > 1 && isAboutOne(why.refusal())) {
      sendHalves(why);
    } else if (open > 0) {
      throw why;
    }
  }

  /** One of them is refused, and the host does not say which. */
  private void sendHalves(RefusedException why) throws IOException {
    List<SentFile> files = matching.open();
    int half = files.size() / 2;
    for (List<SentFile> some : List.of(files.subList(0, half), files.subList(half, files.size()))) {
      if (alone.refused >= Breaker.ALIKE) {
        refuseRest(why);
        return;
      }
      some.forEach(SentFile::restart);
      sendPart(new BatchUpload(this, matching.of(some)));
    }
  }

  /** What is known of it is kept at once: the next one may end them all. */
  private void sendPart(BatchUpload part) throws IOException {
    boolean isKnown = false;
    try {
      part.send();
      isKnown = true;
    } finally {
      matching.take(part.matching);
      if (!isKnown) {
        opened.putAll(part.opened);
      }
    }
    journal.end(part.opened(), List.copyOf(part.matching.results().values()));
  }

  /** One after the other is refused: who goes on asking is locked out. */
  private void refuseRest(RefusedException why) throws RefusedException {
    if (!alone.stored) {
      throw why;
    }
    matching.notTried(why.refusal());
  }

  private static boolean isAboutOne(Refusal refusal) {
    return refusal instanceof Refusal.Invalid || refusal instanceof Refusal.TooLarge;
  }

  private static boolean isAboutFiles(Refusal refusal) {
    return refusal instanceof Refusal.Invalid
        || refusal instanceof Refusal.TooLarge
        || refusal instanceof Refusal.QuotaExceeded;
  }

  private Looking looking() {
    return new Looking(host, folder, matching);
  }

  /**
   * What the host has taken, and does not tell of, stays open: sent again it may be there twice.
   */
  private void leaveInDoubt(UploadPlace place) {
    if (!matching.open().isEmpty()) {
      opened.remove(place);
      matching.doubt();
    }
  }

  private void restart(End end, int tries) throws IOException {
    IOException why =
        switch (end) {
          case End.NotTaken(IOException reason) -> reason;
          case End.Doubtful(IOException reason) -> reason;
          case End.Refused(RefusedException reason) -> reason;
          case End.Taken() -> throw new IllegalStateException("what was taken is not sent again");
          case End.Unreadable(SentFile file, IOException reason) -> reason;
        };
    if (tries >= TransferLimits.UPLOAD_TRIES) {
      throw why;
    }
    if (end instanceof End.Unreadable) {
      matching.open().forEach(SentFile::restart);
      return;
    }
    String reason = String.valueOf(why.getMessage());
    matching.open().forEach(file -> file.repeat(reason));
    host.policy().pause(reason, tries);
  }
}
