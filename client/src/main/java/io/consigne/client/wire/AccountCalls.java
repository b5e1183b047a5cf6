package io.consigne.client.wire;

import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountInfo.Cdn;
import io.consigne.client.model.AccountInfo.Offer;
import io.consigne.client.model.AccountInfo.Storage;
import io.consigne.client.model.Capabilities;
import io.consigne.client.model.Limit;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls about the account and the host. */
public final class AccountCalls {
  private static final Instant NO_END = Instant.parse("2090-01-01T00:00:00Z");

  private AccountCalls() {}

  /** The account. */
  public static Call<AccountInfo> info() {
    return Call.reading("user/info.cgi", Map.of(), AccountCalls::info)
        .costing(Limit.ACCOUNT, "")
        .costing(Limit.ACCOUNTS_OF_ADDRESS, "");
  }

  /** What the host offers beyond 1fichier.com. */
  public static Call<Capabilities> capabilities() {
    return Call.reading(
        "capabilities.cgi",
        Map.of(),
        answer ->
            new Capabilities(
                answer.textOrEmpty("server").equals("consigne"),
                new LinkedHashSet<>(answer.texts("features"))));
  }

  private static AccountInfo info(JsonObject answer) {
    return new AccountInfo(
        answer.textOrEmpty("email"),
        offer(answer.number("offer")),
        end(answer.time("subscription_end")),
        new Storage(
            answer.number("hot_storage"),
            answer.number("cold_storage"),
            answer.number("allowed_cold_storage"),
            answer.number("available_storage")),
        new Cdn(answer.decimal("cdn"), answer.isOn("use_cdn")),
        answer.isOn("upload_forbidden"));
  }

  /** Hosts whose plans do not end say a date that nobody has paid up to. */
  private static @Nullable Instant end(@Nullable Instant told) {
    return told == null || told.isAfter(NO_END) ? null : told;
  }

  private static Offer offer(long number) {
    return switch ((int) number) {
      case 0 -> Offer.FREE;
      case 1 -> Offer.PREMIUM;
      case 2 -> Offer.ACCESS;
      case 3 -> Offer.GOLD;
      default -> Offer.UNKNOWN;
    };
  }
}
