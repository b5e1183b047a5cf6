package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.FileJson.bit;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Setting;
import io.consigne.core.accounts.Settings;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.limits.CallKind;
import io.consigne.core.tree.FileListing;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /v1/user/info.cgi}: stores the settings that the body names, then shows the account. The
 * JSON kinds are those that rclone's decoder insists on (reference: 1fichier-api, section 5.1; many
 * flags are texts).
 */
final class UserEndpoint implements Endpoint {
  private static final Map<Setting, Long> NO_FOLDER = Map.of(Setting.FTP_DID, 0L);

  /** When a plan ends that does not end: tools take a paying account without one for over. */
  private static final String NO_END = "2099-12-31 23:59:59";

  private final Accounts accounts;
  private final FileListing listing;
  private final Blobs blobs;
  private final InstantSource clock;

  UserEndpoint(Accounts accounts, FileListing listing, Blobs blobs, InstantSource clock) {
    this.accounts = accounts;
    this.listing = listing;
    this.blobs = blobs;
    this.clock = clock;
  }

  @Override
  public Answer call(Call call) {
    call.access().require(Right.ACCOUNT);
    var changes = new EnumMap<Setting, Long>(Setting.class);
    for (Setting setting : Setting.values()) {
      call.body().number(setting.wireName()).ifPresent(value -> changes.put(setting, value));
    }
    Account account =
        changes.isEmpty()
            ? accounts.get(call.access().account())
            : accounts.setSettings(call.access(), changes);
    OptionalLong confined = listing.confinedBytes(call.access());
    return json -> write(json, account, confined);
  }

  @Override
  public Optional<CallKind> charge(JsonRequest body) {
    return Optional.of(CallKind.USER_INFO);
  }

  private void write(JsonGenerator json, Account account, OptionalLong confined) {
    Answer.ok(json);
    json.writeStringProperty("email", account.email());
    text(json, "offer", account.plan().offer());
    text(json, "2fa", 0);
    text(json, "mail_rm", 0);
    Settings settings = account.settings();
    settings(json, confined.isPresent() ? settings.with(NO_FOLDER) : settings);
    json.writeStringProperty("cdn", "0");
    json.writeStringProperty("subscription_end", account.plan().paying() ? NO_END : "");
    storage(json, account, confined);
  }

  private static void settings(JsonGenerator json, Settings settings) {
    for (Setting setting : Setting.values()) {
      long value = settings.get(setting);
      switch (setting) {
        case FTP_DID, DEFAULT_DOMAIN, PAGE_LIMIT ->
            json.writeNumberProperty(setting.wireName(), value);
        case FTP_MODE,
            FTP_REPORT,
            RU_REPORT,
            DEFAULT_PORT,
            DEFAULT_PORT_FILES,
            USE_CDN,
            DOWNLOAD_MENU,
            INCOMING ->
            text(json, setting.wireName(), value);
      }
    }
  }

  /**
   * The quota, and what is left of it and of the disk. rclone's {@code about} takes {@code
   * available_cold_storage} as the total. Who is confined to a folder learns nothing of what the
   * rest of the account uses.
   */
  private void storage(JsonGenerator json, Account account, OptionalLong confined) {
    long used = confined.orElse(account.usedBytes());
    long left = Math.min(account.availableBytesWhere(used), blobs.availableBytes());
    long allowed =
        account.allowance().storageBytes() == Plan.UNLIMITED || confined.isPresent()
            ? saturatedSum(used, left)
            : account.allowance().storageBytes();
    Map<String, Long> numbers =
        Map.of(
            "default_quota", 0L,
            "default_cold_storage_quota", allowed,
            "hot_storage", 0L,
            "cold_storage", used,
            "allowed_cold_storage", allowed,
            "available_storage", left,
            "available_cold_storage", saturatedSum(used, left));
    numbers.forEach(json::writeNumberProperty);
    json.writeStringProperty("stats_date", ParisTime.write(clock.instant()));
    json.writeNumberProperty("overquota", bit(used > allowed));
    boolean full = account.items() >= account.allowance().items();
    text(json, "upload_forbidden", bit(full || Math.min(account.availableBytes(), left) == 0));
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static void text(JsonGenerator json, String name, long value) {
    json.writeStringProperty(name, Long.toString(value));
  }
}
