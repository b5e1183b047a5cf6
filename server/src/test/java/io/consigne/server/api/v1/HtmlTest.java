package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all pages have in common. */
class HtmlTest {
  private static final Pattern COLOUR = Pattern.compile("--([a-z]+):#([0-9a-f]{6})");
  private static final double AA = 4.5;

  @ParameterizedTest
  @ValueSource(ints = {0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069})
  void text_turnsNoDirection(int sign) {
    assertThat(Html.text("a" + Character.toString(sign) + "b")).isEqualTo("a\uFFFDb");
  }

  @Test
  void text_keepsMarksOfScriptsFromRightToLeft() {
    assertThat(Html.text("\u200E\u200F\u061C")).isEqualTo("\u200E\u200F\u061C");
  }

  /** WCAG 2.2, success criterion 1.4.3. */
  @Test
  void colours_haveContrastInLightAndDark() {
    String page = Html.page("", "");
    assertThat(page).contains("color-scheme:light dark");
    String[] halves = page.split("prefers-color-scheme:dark", -1);
    assertThat(halves).hasSize(2);
    Map<String, String> light = colours(halves[0]);
    Map<String, String> dark = colours(halves[1]);
    assertThat(dark).containsOnlyKeys(light.keySet());
    for (Map<String, String> scheme : List.of(light, dark)) {
      for (String text : List.of("text", "note", "error", "link")) {
        assertThat(contrast(scheme, text, "paper"))
            .as("%s of %s", text, scheme)
            .isGreaterThanOrEqualTo(AA);
      }
      assertThat(contrast(scheme, "label", "button")).as("%s", scheme).isGreaterThanOrEqualTo(AA);
    }
  }

  private static Map<String, String> colours(String css) {
    var colours = new HashMap<String, String>();
    Matcher found = COLOUR.matcher(css);
    while (found.find()) {
      colours.put(found.group(1), found.group(2));
    }
    return colours;
  }

  private static double contrast(Map<String, String> scheme, String one, String other) {
    double a = luminance(Objects.requireNonNull(scheme.get(one)));
    double b = luminance(Objects.requireNonNull(scheme.get(other)));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  private static double luminance(String colour) {
    double[] parts = new double[3];
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
      parts[i] = part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  }
}
