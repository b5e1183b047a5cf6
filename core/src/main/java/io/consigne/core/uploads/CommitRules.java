package io.consigne.core.uploads;

import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.Fingerprint;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

  /** The contents of which files of the account can be made, as far as there are some. */
  Map<Fingerprint, ContentId> find(Sql sql, AccountId owner, Collection<Fingerprint> bytes) {
    var found = new HashMap<Fingerprint, ContentId>();
    if (dedupe == Dedupe.HOST) {
      found.putAll(contents.findAnywhere(sql, bytes));
    }
    found.putAll(contents.find(sql, owner, bytes));
    return found;
  }
}
