package io.consigne.core.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.failure.Failure;
import io.consigne.core.testing.Refusal;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What owners choose. */
class SettingsTest {
  @Test
  void names_areThoseOfTheWire() {
    assertThat(Arrays.stream(Setting.values()).map(Setting::wireName))
        .containsExactly(
            "ftp_mode",
            "ftp_did",
            "ftp_report",
            "ru_report",
            "default_domain",
            "page_limit",
            "default_port",
            "default_port_files",
            "use_cdn",
            "download_menu",
            "incoming");
    assertThat(Setting.named("page_limit")).contains(Setting.PAGE_LIMIT);
    assertThat(Setting.named("PAGE_LIMIT")).isEmpty();
    assertThat(Setting.named("colour")).isEmpty();
  }

  @Test
  void standard_countsUntilAnotherIsChosen() {
    Settings chosen = Settings.STANDARD.with(Map.of(Setting.PAGE_LIMIT, 20L));
    assertThat(Settings.STANDARD.get(Setting.PAGE_LIMIT)).isEqualTo(100);
    assertThat(chosen.get(Setting.PAGE_LIMIT)).isEqualTo(20);
    assertThat(chosen.get(Setting.DEFAULT_DOMAIN)).isEqualTo(0);
    assertThat(chosen.with(Map.of(Setting.PAGE_LIMIT, 30L)).get(Setting.PAGE_LIMIT)).isEqualTo(30);
  }

  @Test
  void stored_readAgain_isTheSame() {
    var all = new EnumMap<Setting, Long>(Setting.class);
    for (Setting setting : Setting.values()) {
      all.put(setting, setting.standard() + 1);
    }
    var settings = new Settings(all);
    assertThat(Settings.read(settings.stored())).isEqualTo(settings);
    assertThat(Settings.read(Settings.STANDARD.stored())).isEqualTo(Settings.STANDARD);
    assertThat(new Settings(Map.of(Setting.USE_CDN, 1L)).stored()).isEqualTo("use_cdn=1");
  }

  @Test
  void read_nameOfANewerProgram_passedOver() {
    assertThat(Settings.read("colour=3\nuse_cdn=1"))
        .isEqualTo(new Settings(Map.of(Setting.USE_CDN, 1L)));
  }

  @ParameterizedTest
  @CsvSource({
    "FTP_MODE, 0, 1",
    "FTP_DID, 0, 9223372036854775807",
    "FTP_REPORT, 0, 1",
    "RU_REPORT, 0, 1",
    "DEFAULT_DOMAIN, 0, 10",
    "PAGE_LIMIT, 1, 1000",
    "DEFAULT_PORT, 0, 1",
    "DEFAULT_PORT_FILES, 0, 1",
    "USE_CDN, 0, 1",
    "DOWNLOAD_MENU, 0, 1",
    "INCOMING, 0, 1",
  })
  void check_boundsInclusive(Setting setting, long least, long most) {
    setting.check(least);
    setting.check(most);
    assertThat(Refusal.of(() -> setting.check(least - 1))).isInstanceOf(Failure.Invalid.class);
    if (most < Long.MAX_VALUE) {
      assertThat(Refusal.of(() -> setting.check(most + 1))).isInstanceOf(Failure.Invalid.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void standard_isInRange(Setting setting) {
    setting.check(setting.standard());
  }

  @Test
  void check_message_namesTheRange() {
    assertThat(Refusal.of(() -> Setting.PAGE_LIMIT.check(1001)).message())
        .isEqualTo("page_limit must be a number from 1 to 1000: 1001");
    assertThat(Refusal.of(() -> Setting.FTP_DID.check(-1)).message())
        .isEqualTo("ftp_did must be at least 0: -1");
  }
}
