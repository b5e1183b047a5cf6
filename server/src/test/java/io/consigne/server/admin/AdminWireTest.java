package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.core.keys.KeyWish;
import io.consigne.server.admin.AccountRequest.Quotas;
import io.consigne.server.admin.AccountRequest.Wished;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes between the operator's commands and the host. */
class AdminWireTest {
  private static final String ALICE = "alice@example.org";
  private static final KeyWish WISH =
      new KeyWish("phone", List.of("read"), "/Docs", null, "90d", 5L);

  private static final JsonNode FOUND = JsonMapper.builder().build().readTree("{\"bytes\":7}");

  private static final List<AdminRequest> EACH =
      List.of(
          new AccountRequest.Add(
              ALICE, Plan.GOLD, new Quotas(new Wished(5_000_000_000L), new Wished(null))),
          new AccountRequest.Listing(true, 80),
          new AccountRequest.ChangePlan(ALICE, Plan.FREE),
          new AccountRequest.ChangeQuotas(ALICE, new Quotas(null, new Wished(7L))),
          new AccountRequest.ChangePassword(ALICE, "a secret of hers"),
          new AccountRequest.Disable(ALICE),
          new AccountRequest.Enable(ALICE),
          new AccountRequest.Delete(ALICE),
          new AccountRequest.Expiring(ALICE, 80),
          new KeyRequest.Listing(ALICE, "90d", true, false, 80),
          new KeyRequest.Add(ALICE, WISH),
          new KeyRequest.Change(ALICE, "phone", WISH),
          new KeyRequest.Rotate(ALICE, "phone", "24h"),
          new KeyRequest.Regenerate(ALICE),
          new KeyRequest.Revoke(ALICE, "phone"),
          new KeyRequest.RevokeMaster(ALICE),
          new KeyRequest.Verify("a secret of hers"),
          new KeyRequest.RevokeFound("a secret of hers"),
          new AuditQuestion(ALICE, Duration.ofDays(7), 100, true, 80),
          new UpkeepRequest.Scrub(65_536, true),
          new UpkeepRequest.ScrubStatus(),
          new UpkeepRequest.Fsck(true),
          new UpkeepRequest.Backup("/backup"),
          new UpkeepRequest.BackupBlobs("/backup", true),
          new UpkeepRequest.Hold(),
          new UpkeepRequest.Release("7"));

  private static Stream<Class<?>> kinds(Class<?> sealed) {
    Class<?>[] permitted = sealed.getPermittedSubclasses();
    return permitted == null
        ? Stream.of(sealed)
        : Arrays.stream(permitted).flatMap(AdminWireTest::kinds);
  }

  @Test
  void eachRequest_arrivesAsItWasSent() {
    assertThat(EACH.stream().<Class<?>>map(AdminRequest::getClass))
        .containsExactlyInAnyOrderElementsOf(kinds(AdminRequest.class).toList());
    for (AdminRequest request : EACH) {
      assertThat(AdminWire.request(AdminWire.written(request))).contains(request);
    }
    var none = new AccountRequest.ChangePassword(ALICE, null);
    assertThat(AdminWire.request(AdminWire.written(none))).contains(none);
  }

  @Test
  void request_hasTheNameOfItsCommand() {
    assertThat(AdminWire.written(new KeyRequest.Revoke(ALICE, "phone")))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"version\":3,\"request\":{\"command\":\"key"
                + " revoke\",\"account\":\"alice@example.org\",\"key\":\"phone\"}}");
  }

  @Test
  void secrets_areInNoLog() {
    assertThat(EACH.toString()).contains("ChangePassword").doesNotContain("a secret of hers");
  }

  @Test
  void answer_comesBehindItsLines() {
    var line = new AdminLine(AdminLine.Kind.FINDING, FOUND);
    var answer = new AdminAnswer(true, "good", AdminAnswer.Key.GOOD, FOUND);
    assertThat(
            AdminWire.answer(
                text(AdminWire.written(line)), told -> assertThat(told).isEqualTo(line)))
        .isEmpty();
    assertThat(AdminWire.answer(text(AdminWire.written(answer)), told -> {})).contains(answer);
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }

  /** A host that was not restarted after an upgrade; what it was asked for would be guessed. */
  @Test
  void otherVersion_isRefused_onBothSides() {
    String request = "{\"verb\":\"ACCOUNT_DELETE\",\"account\":\"alice@example.org\"}";
    assertThat(AdminWire.request(request.getBytes(StandardCharsets.UTF_8))).isEmpty();
    String answer = "{\"done\":false,\"text\":\"It failed\",\"key\":null}";
    assertThat(AdminWire.answer(answer, told -> {})).contains(AdminWire.refusal());
    assertThat(AdminWire.refusal().text())
        .isEqualTo(
            "the running host is of another version of Consigne than this command: restart the"
                + " host");
  }
}
