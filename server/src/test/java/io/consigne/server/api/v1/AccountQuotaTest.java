package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Plan;
import io.consigne.server.admin.AccountRequest;
import io.consigne.server.admin.AccountRequest.Quotas;
import io.consigne.server.admin.AccountRequest.Wished;
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
    var quotas = new Quotas(new Wished(1000L), null);
    String key = host.administer(new AccountRequest.Add(ALICE, Plan.PREMIUM, quotas));
    try (Talk talk = new Talk(URI.create(host.origin()).getPort())) {
      assertThat(info(talk, key).path("allowed_cold_storage").asLong()).isEqualTo(1000);
      assertThat(set(host, new Quotas(new Wished(5L), new Wished(0L))))
          .isEqualTo(ALICE + " may have 5 bytes, and 0 files and folders");
      JsonNode info = info(talk, key);
      assertThat(info.path("allowed_cold_storage").asLong()).isEqualTo(5);
      assertThat(info.path("default_cold_storage_quota").asLong()).isEqualTo(5);
      assertThat(info.path("available_storage").asLong()).isEqualTo(5);
      assertThat(info.path("available_cold_storage").asLong()).isEqualTo(5);
      assertThat(info.path("upload_forbidden").asString()).as("no file is allowed").isEqualTo("1");
      assertThat(guide(talk, key).path("allowed_storage").asLong()).isEqualTo(5);
      assertThat(list(host)).containsPattern(ALICE + " +premium +0 +5 +0 +0 +20");
      JsonNode row = JSON.readTree(host.administer(new AccountRequest.Listing(true, 0)));
      assertThat(row.path("data").path(1).toString())
          .startsWith(
              "{\"account\":\"alice@example.org\",\"plan\":\"premium\",\"usedBytes\":0,"
                  + "\"allowedBytes\":5,\"files\":0,\"allowedFiles\":0,\"quota\":\"own\","
                  + "\"filesQuota\":\"own\",\"created\":");
      set(host, new Quotas(null, new Wished(null)));
      assertThat(info(talk, key).path("upload_forbidden").asString()).isEqualTo("0");
      set(host, new Quotas(new Wished(null), null));
      assertThat(info(talk, key).path("allowed_cold_storage").asLong())
          .isEqualTo(Plan.PREMIUM.storageBytes());
      assertThat(list(host))
          .containsPattern("ACCOUNT +PLAN +USED +ALLOWED +FILES +MOST +CREATED +STATE")
          .containsPattern(ALICE + " +premium +0 +2,000,000,000,000 +0 +5,000,000 +20");
    }
  }

  private static String set(TestHost host, Quotas quotas) {
    return host.administer(new AccountRequest.ChangeQuotas(ALICE, quotas));
  }

  private static String list(TestHost host) {
    return host.administer(new AccountRequest.Listing(false, 0));
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
