package io.consigne.server.api.guide;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.limits.CallKind;
import io.consigne.core.tree.FileListing;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What the guide tells about an account: {@code email}, {@code offer} (number), {@code premium}
 * (boolean: whether it pays), and in bytes what is used, allowed (null: no limit but the disk's)
 * and left. Who is confined to a folder is told what is used there.
 */
final class AccountCalls implements GuideEndpoint {
  private final Accounts accounts;
  private final FileListing listing;
  private final Blobs blobs;

  AccountCalls(Accounts accounts, FileListing listing, Blobs blobs) {
    this.accounts = accounts;
    this.listing = listing;
    this.blobs = blobs;
  }

  @Override
  public Optional<CallKind> charge() {
    return Optional.of(CallKind.USER_INFO);
  }

  @Override
  public Answer call(GuideCall call) {
    call.access().require(Right.ACCOUNT);
    Account account = accounts.get(call.access().account());
    Plan plan = account.plan();
    var members = new LinkedHashMap<String, Object>();
    members.put("email", account.email());
    members.put("offer", plan.offer());
    members.put("premium", plan.paying());
    long used = listing.confinedBytes(call.access()).orElse(account.usedBytes());
    members.put("used_storage", used);
    long allowed = account.allowance().storageBytes();
    members.put("allowed_storage", allowed == Plan.UNLIMITED ? null : allowed);
    members.put(
        "available_storage", Math.min(account.availableBytesWhere(used), blobs.availableBytes()));
    return Answer.of(members);
  }
}
