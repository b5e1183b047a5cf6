package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Operators' tables, on terminals of any width. */
class TableTest {
  private static final List<List<String>> ROWS =
      List.of(
          List.of("ACCOUNT", "PLAN", "USED", "FROM", "CREATED"),
          List.of("alice@example.org", "gold", "1,234", "-", "2026-11-30T10:00:00Z"),
          List.of("bob@example.org", "free", "5", "192.0.2.0/24", "2026-11-30T11:00:00Z"));

  @Test
  void wideEnough_orNoTerminal_isOneLineARow() {
    String whole =
        """
        ACCOUNT            PLAN  USED   FROM          CREATED
        alice@example.org  gold  1,234  -             2026-11-30T10:00:00Z
        bob@example.org    free  5      192.0.2.0/24  2026-11-30T11:00:00Z\
        """
            .stripIndent();
    assertThat(Table.of(ROWS)).isEqualTo(whole);
    assertThat(Table.of(ROWS, 0)).isEqualTo(whole);
    assertThat(Table.of(ROWS, 66)).isEqualTo(whole);
  }

  @Test
  void narrow_goesOnBelow_andLeavesNothingOut() {
    assertThat(Table.of(ROWS, 45))
        .isEqualTo(
            """
            ACCOUNT            PLAN  USED   FROM
            alice@example.org  gold  1,234  -
                CREATED 2026-11-30T10:00:00Z
            bob@example.org    free  5      192.0.2.0/24
                CREATED 2026-11-30T11:00:00Z\
            """
                .stripIndent());
    assertThat(Table.of(ROWS, 29))
        .isEqualTo(
            """
            ACCOUNT            PLAN
            alice@example.org  gold
                USED 1,234
                CREATED 2026-11-30T10:00:00Z
            bob@example.org    free
                USED 5  FROM 192.0.2.0/24
                CREATED 2026-11-30T11:00:00Z\
            """
                .stripIndent());
  }

  @Test
  void narrowerThanACell_isNotCut() {
    assertThat(Table.of(ROWS, 10))
        .startsWith("ACCOUNT\nalice@example.org\n    PLAN gold\n    USED 1,234\n    CREATED ");
  }
}
