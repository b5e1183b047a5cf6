package io.consigne.core.remote;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.db.Row;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who asked for a fetch, as a request's row remembers it: what it may do is checked again. */
final class Requester {
  /** The columns of a request {@code r} and its account {@code a} that {@link #read} needs. */
  static final String COLUMNS =
      """
       r.account_id, a.plan, r.key_id, r.key_epoch, r.key_master, r.rights, r.root_id, r.address,
       r.client
      """;

  private Requester() {}

  static Access read(Row row) {
    Long key = row.numberOrNull("key_id");
    KeyTerms terms =
        key == null
            ? null
            : new KeyTerms(
                new KeyId(key), row.number("key_epoch"), row.flag("key_master"), null, null);
    return new Access(
        new AccountId(row.number("account_id")),
        Plan.valueOf(row.text("plan")),
        Arrays.stream(row.text("rights").split(" ", -1))
            .flatMap(word -> Right.named(word).stream())
            .collect(Collectors.toSet()),
        new FolderId(row.number("root_id")),
        terms,
        key == null && row.number("key_epoch") > 0 ? row.number("key_epoch") : null,
        caller(row.text("address"), row.text("client")));
  }

  private static @Nullable Caller caller(String address, String client) {
    return address.isEmpty()
        ? null
        : new Caller(InetAddress.ofLiteral(withoutZone(address)), client);
  }

  /**
   * What a request's row remembers of who asks: {@code key_id, key_epoch, key_master, rights,
   * root_id, address, client}.
   */
  static List<@Nullable Object> values(Access access) {
    var values = new ArrayList<@Nullable Object>();
    values.add(access.key().map(KeyId::value).orElse(null));
    values.add(epoch(access));
    values.add(access.isMaster());
    values.add(rights(access));
    values.add(access.root().value());
    values.add(address(access));
    values.add(client(access));
    return values;
  }

  /** That of the key, or of the account's password; 0 if neither opened it. */
  private static long epoch(Access access) {
    Long password = access.epochOrNull();
    return access.terms().map(KeyTerms::epoch).orElse(password == null ? 0L : password);
  }

  private static String rights(Access access) {
    return access.rights().stream().sorted().map(Right::word).collect(Collectors.joining(" "));
  }

  private static String address(Access access) {
    return Optional.ofNullable(access.callerOrNull())
        .map(caller -> withoutZone(caller.address().getHostAddress()))
        .orElse("");
  }

  /** The zone of a link-local address names a link of one host, and not of the next. */
  private static String withoutZone(String address) {
    return address.split("%", 2)[0];
  }

  private static String client(Access access) {
    return Optional.ofNullable(access.callerOrNull()).map(Caller::client).orElse("");
  }
}
