package io.consigne.core.uploads;

import io.consigne.core.blobs.Contents;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What every commit of this host goes by.
 *
 * @param contents the database's side of the store
 * @param tree where files are entered
 * @param dedupe among which files equal bytes are stored once
 * @param clock dates reports
 * @param random draws removal codes
 */
record CommitRules(
    Contents contents,
    UploadTree tree,
    Dedupe dedupe,
    InstantSource clock,
    RandomGenerator random) {

  /** The content of which a file of the account can be made, if there is one. */
  Optional<ContentId> find(Sql sql, AccountId owner, Fingerprint bytes) {
    Optional<ContentId> own = contents.find(sql, owner, bytes.sha256(), bytes.size());
    return own.isPresent() || dedupe == Dedupe.ACCOUNT
        ? own
        : contents.findAnywhere(sql, bytes.sha256(), bytes.size());
  }
}
