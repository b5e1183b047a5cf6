package io.consigne.core.uploads;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks while an upload comes in whether there is room for it: what its commit would refuse would
 * fill the disk until then, and refuse everybody else's. Used by one thread.
 */
final class UploadRoom {
  /**
   * How many times what an account has left its uploads may have together: that a connection broke
   * may not have been noticed yet when its client sends everything anew.
   */
  private static final int TOGETHER = 2;

  private final Database database;
  private final UploadTree tree;
  private final Underway underway;
  private final Sender sender;
  private Supplier<UploadForm> form = () -> UploadForm.PLAIN;
  private @Nullable AccountId payer;

  /** How many bytes of the upload are here, and how many of these are of the file that comes. */
  private long here;

  private long ofFile;

  /** How many more may come before it is asked, and how many all uploads may have until then. */
  private long unasked;

  private long together;

  /**
   * For an upload of {@code sender}.
   *
   * @param unasked how many bytes may come before it is asked first
   */
  UploadRoom(Database database, UploadTree tree, Underway underway, Sender sender, long unasked) {
    this.database = database;
    this.tree = tree;
    this.underway = underway;
    this.sender = sender;
    this.unasked = unasked;
  }

  /** What is known of where the files go, whenever it is asked. */
  void expect(Supplier<UploadForm> known) {
    form = known;
  }

  /**
   * Takes so many bytes more of the file that comes.
   *
   * @param before the files before it
   * @return why the file can only be thrown away, null if it may go on
   */
  @Nullable Failure take(int count, List<Received> before) {
    here += count;
    ofFile += count;
    unasked -= count;
    AccountId known = payer;
    long all = known == null ? 0 : underway.add(known, count);
    boolean due = unasked < 0 || all > together;
    return due && ofFile > UploadLimits.UNASKED_BYTES ? ask(before) : null;
  }

  /** The file has ended, and stays. */
  void fileEnded() {
    ofFile = 0;
  }

  /** What came of the file is gone. */
  void fileDropped() {
    giveBack(ofFile);
    ofFile = 0;
  }

  /** The commit has the bytes now, or they are gone. */
  void end() {
    giveBack(here);
    payer = null;
  }

  private void giveBack(long bytes) {
    here -= bytes;
    AccountId known = payer;
    if (known != null && bytes > 0) {
      underway.add(known, -bytes);
    }
  }

  private @Nullable Failure ask(List<Received> before) {
    try {
      var destination = new Destination(sender, form.get(), tree);
      Answer answer = database.read(sql -> answer(sql, destination, before));
      long all = chargedTo(answer.payer());
      if (answer.refusal() == null && all > answer.together()) {
        return answer.room().exceeded(ofFile, answer.together() - (all - ofFile));
      }
      if (answer.refusal() == null) {
        unasked = Math.min(UploadLimits.ASKED_EACH_BYTES, answer.left() - ofFile);
        together = answer.together();
      }
      return answer.refusal();
    } catch (FailureException e) {
      return e.failure();
    } catch (DatabaseException away) {
      // It may be back before the commit, which will ask anew.
      unasked = UploadLimits.ASKED_EACH_BYTES;
      together = Long.MAX_VALUE;
      return null;
    }
  }

  /** Lets that account have the bytes; returns how many of all uploads it has. */
  private long chargedTo(AccountId next) {
    AccountId known = payer;
    if (next.equals(known)) {
      return underway.add(next, 0);
    }
    if (known != null) {
      underway.add(known, -here);
    }
    payer = next;
    return underway.add(next, here);
  }

  /** A folder that is not named yet may be that of somebody else who has more room. */
  private Answer answer(Sql sql, Destination destination, List<Received> before) {
    Answer own = answer(sql, destination, destination.owner(sql), before);
    Optional<AccountId> other =
        own.refusal() == null ? Optional.empty() : destination.roomiestOther(sql);
    return other
        .map(owner -> answer(sql, destination, owner, before))
        .filter(answer -> answer.refusal() == null)
        .orElse(own);
  }

  /** As the commit decides. */
  private Answer answer(Sql sql, Destination destination, AccountId owner, List<Received> before) {
    Room room = destination.room(sql, owner);
    long all = room.left();
    CommitTransaction.whole(before).forEach(file -> room.offer(file.size()));
    long left = room.left();
    long together = all > Long.MAX_VALUE / TOGETHER ? Long.MAX_VALUE : TOGETHER * all;
    return new Answer(owner, room, left, together, room.lack(ofFile));
  }

  /**
   * What the database says.
   *
   * @param left how many bytes the file may have
   * @param together how many all uploads to that account may have
   * @param refusal why there is no room for what came of the file, or null
   */
  private record Answer(
      AccountId payer, Room room, long left, long together, @Nullable Failure refusal) {}
}
