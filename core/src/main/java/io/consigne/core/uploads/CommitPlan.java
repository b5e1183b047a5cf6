package io.consigne.core.uploads;

import io.consigne.core.blobs.Fingerprint;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoredContent;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a commit will probably do, so that only what is needed is made durable. The transaction
 * decides anew.
 *
 * @param copies the files whose bytes are needed
 * @param damaged the contents whose stored bytes are not sound
 */
record CommitPlan(List<Received.Whole> copies, Set<ContentId> damaged) {

  /** What one look at the database tells: an old copy for each content that is there already. */
  record Look(List<Received.Whole> fitting, Map<Fingerprint, Old> old) {
    /** Looks without changing anything; nothing fits if the files cannot go there at all. */
    static Look at(
        Sql sql, Destination destination, List<Received.Whole> files, CommitRules rules) {
      var look = new Look(new ArrayList<>(), new HashMap<>());
      try {
        AccountId owner = destination.owner(sql);
        Room room = destination.room(sql, owner);
        for (Received.Whole file : files) {
          if (room.offer(file.size())) {
            look.fitting.add(file);
          }
        }
        rules
            .find(sql, owner, Received.fingerprints(look.fitting))
            .forEach((bytes, id) ->
                look.old.put(bytes, new Old(id, rules.contents().segments(sql, id))));
      } catch (FailureException e) {
        look.fitting.clear();
      }
      return look;
    }

    /** Reads all old copies, and counts on those that are sound. */
    CommitPlan verified(StoredContent stored) {
      var copies = new ArrayList<Received.Whole>();
      var damaged = new HashSet<ContentId>();
      var there = new HashSet<Fingerprint>();
      for (Received.Whole file : fitting) {
        if (there.add(file.fingerprint())) {
          Optional<Old> copy = Optional.ofNullable(old.get(file.fingerprint()));
          boolean sound = copy.isPresent() && stored.isSound(copy.get().segments(), file.size());
          if (!sound) {
            copies.add(file);
            copy.ifPresent(each -> damaged.add(each.id()));
          }
        }
      }
      return new CommitPlan(copies, damaged);
    }
  }

  /** This plan, with the bytes of all files. */
  CommitPlan withAll(List<Received.Whole> files) {
    return new CommitPlan(files, damaged);
  }

  /** A content that is there, and where its bytes are. */
  record Old(ContentId id, List<Segment> segments) {}
}
