package io.consigne.core.blobs;

import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds contents by their bytes, many with one statement: an upload asks for all of its files. */
final class SameBytes {
  private static final int AT_ONCE = 50;

  private final Sql sql;
  private final @Nullable AccountId account;
  private final Map<Fingerprint, ContentId> lowest = new HashMap<>();

  private SameBytes(Sql sql, @Nullable AccountId account) {
    this.sql = sql;
    this.account = account;
  }

  /**
   * The content of the lowest number for each of the bytes that are there, of one account or, if
   * null, of any.
   */
  static Map<Fingerprint, ContentId> find(
      Sql sql, @Nullable AccountId account, Collection<Fingerprint> bytes) {
    var same = new SameBytes(sql, account);
    List<String> hashes = bytes.stream().map(Fingerprint::sha256).distinct().toList();
    for (int from = 0; from < hashes.size(); from += AT_ONCE) {
      same.look(hashes.subList(from, Math.min(from + AT_ONCE, hashes.size())));
    }
    same.lowest.keySet().retainAll(Set.copyOf(bytes));
    return same.lowest;
  }

  private void look(List<String> hashes) {
    List<@Nullable Object> arguments = new ArrayList<>();
    if (account != null) {
      arguments.add(account.value());
    }
    arguments.addAll(hashes);
    int places = hashes.size() == 1 ? 1 : AT_ONCE; // two statements are prepared, not fifty
    arguments.addAll(Collections.nCopies(places - hashes.size(), hashes.getLast()));
    sql.list(statement(places), this::keep, arguments.toArray());
  }

  private String statement(int places) {
    return "SELECT id, sha256, size_bytes FROM contents WHERE "
        + (account == null ? "" : "account_id = ? AND ")
        + "sha256 IN ("
        + String.join(", ", Collections.nCopies(places, "?"))
        + ")";
  }

  private ContentId keep(Row row) {
    var bytes = new Fingerprint(row.text("sha256"), row.number("size_bytes"));
    return lowest.merge(
        bytes,
        new ContentId(row.number("id")),
        (one, other) -> one.value() < other.value() ? one : other);
  }
}
