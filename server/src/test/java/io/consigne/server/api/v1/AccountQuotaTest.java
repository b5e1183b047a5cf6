package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.server.admin.AccountOrder;
import io.consigne.server.admin.AdminRequest.Verb;
import io.consigne.server.admin.Administration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The quota that an operator sets is what clients are told. */
class AccountQuotaTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ALICE = "alice@example.org";

  @TempDir Path folder;

  @Test
  void ownQuota_isTold_onBothFronts_andToTheOperator() throws IOException {
    try (TestHost host = TestHost.sqlite(folder, false)) {
      tells(host);
    }
  }

  @Test
  void ownQuota_isTold_onPostgres() throws IOException {
    try (TestHost host = TestHost.postgres(folder, false)) {
      tells(host);
    }
  }

  private static void tells(TestHost host) throws IOException {
    var order = new AccountOrder(Plan.PREMIUM, "1000", "");
    String key = host.administer(Verb.ACCOUNT_ADD, ALICE, order.written());
    try (Talk talk = new Talk(URI.create(host.origin()).getPort())) {
      assertThat(info(talk, key).path("allowed_cold_storage").asLong()).isEqualTo(1000);
      assertThat(set(host, "5", "0"))
          .isEqualTo(ALICE + " may have 5 bytes, and 0 files and folders");
      JsonNode info = info(talk, key);
      assertThat(info.path("allowed_cold_storage").asLong()).isEqualTo(5);
      assertThat(info.path("default_cold_storage_quota").asLong()).isEqualTo(5);
      assertThat(info.path("available_storage").asLong()).isEqualTo(5);
      assertThat(info.path("available_cold_storage").asLong()).isEqualTo(5);
      assertThat(info.path("upload_forbidden").asString()).as("no file is allowed").isEqualTo("1");
      assertThat(guide(talk, key).path("allowed_storage").asLong()).isEqualTo(5);
      assertThat(list(host)).containsPattern(ALICE + " +premium +0 +5 +0 +0 +20");
      JsonNode row = JSON.readTree(host.administer(Verb.ACCOUNT_LIST, "", Administration.JSON));
      assertThat(row.path("data").path(1).toString())
          .startsWith(
              "{\"account\":\"alice@example.org\",\"plan\":\"premium\",\"usedBytes\":0,"
                  + "\"allowedBytes\":5,\"files\":0,\"allowedFiles\":0,\"quota\":\"own\","
                  + "\"filesQuota\":\"own\",\"created\":");
      set(host, "", AccountOrder.OF_PLAN);
      assertThat(info(talk, key).path("upload_forbidden").asString()).isEqualTo("0");
      set(host, AccountOrder.OF_PLAN, "");
      assertThat(info(talk, key).path("allowed_cold_storage").asLong())
          .isEqualTo(Plan.PREMIUM.storageBytes());
      assertThat(list(host))
          .containsPattern("ACCOUNT +PLAN +USED +ALLOWED +FILES +MOST +CREATED +STATE")
          .containsPattern(ALICE + " +premium +0 +2,000,000,000,000 +0 +5,000,000 +20");
    }
  }

  private static String set(TestHost host, String quota, String files) {
    return host.administer(Verb.ACCOUNT_SET, ALICE, new AccountOrder(null, quota, files).written());
  }

  private static String list(TestHost host) {
    return host.administer(Verb.ACCOUNT_LIST, "", "");
  }

  private static JsonNode info(Talk talk, String key) {
    String headers = "Content-Type: application/json|Authorization: Bearer " + key + "|";
    return JSON.readTree(talk.ask("POST /v1/user/info.cgi", headers, "{}").text());
  }

  private static JsonNode guide(Talk talk, String key) {
    String headers = "Authorization: Bearer " + key + "|";
    return JSON.readTree(talk.ask("GET /user/info.cgi", headers, "").text());
  }
}
