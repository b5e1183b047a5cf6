package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code consigne stat} tells of who may see a thing. */
final class StatTest extends OneDesk {
  @Test
  void folder_isToldWithWhomItIsSharedWith() {
    String guest = desk.account("guest@example.org");
    desk.good("mkdir", "/Docs");
    assertThat(desk.good("stat", "/Docs")).doesNotContain("shared");
    desk.good("share", "/Docs", "--with=guest@example.org", "--write");
    assertThat(desk.good("stat", "/Docs").lines())
        .contains("sharedWith    email guest@example.org, writes");
    assertThat(desk.good("stat", "--json", "/Docs"))
        .contains(
            "\"sharedWith\":[{\"email\":\"guest@example.org\",\"writes\":true,"
                + "\"hidesLinks\":false}]");
    desk.environment().put("CONSIGNE_API_KEY", guest);
    try {
      assertThat(desk.good("stat", "/Docs")).contains("sharedBy      email ");
    } finally {
      desk.environment().put("CONSIGNE_API_KEY", desk.key());
    }
  }

  @Test
  void folder_isToldWithItsAddress() {
    desk.good("mkdir", "/Public");
    String url = desk.good("share", "/Public").strip();
    assertThat(desk.good("stat", "/Public").lines()).contains("publicUrl     " + url);
    assertThat(desk.good("stat", "--json", "/Public"))
        .containsOnlyOnce("\"publicUrl\":\"" + url + "\"");
  }

  @Test
  void file_isToldWithTheRulesOfItsLink() {
    desk.typing("x").good("put", "-", "/ruled.txt");
    assertThat(desk.good("stat", "/ruled.txt")).doesNotContain("openTo");
    desk.good("link", "/ruled.txt", "--network=192.0.2.0/24", "--paying");
    assertThat(desk.good("stat", "/ruled.txt").lines())
        .contains("openTo        networks 192.0.2.0/24, payingOnly");
    assertThat(desk.good("stat", "--json", "/ruled.txt"))
        .contains(
            "\"openTo\":{\"networks\":[\"192.0.2.0/24\"],\"countries\":[],\"emails\":[],"
                + "\"payingOnly\":true}");
  }
}
