package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes into statements and comes out of rows. */
@ParameterizedClass
@EnumSource(TestDatabases.Kind.class)
class SqlTest {
  private static final String INSERT =
      "INSERT INTO shelf (number, words, flag, made_at) VALUES (?, ?, ?, ?)";

  private final TestDatabases.Kind kind;
  @TempDir Path directory;
  private Database db;

  SqlTest(TestDatabases.Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    db = kind.open(directory);
    db.change(sql ->
        sql.update("CREATE TABLE shelf (number BIGINT, words TEXT, flag BOOLEAN, made_at BIGINT)"));
  }

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void values_ofEachType_comeBackAsTheyWere() {
    Instant instant = Instant.parse("2026-03-29T01:59:59.999Z");
    insert(Long.MAX_VALUE, "naïve 😀 'quoted' ?", true, instant);
    insert(Long.MIN_VALUE, "", false, Instant.ofEpochMilli(-1));

    assertThat(all())
        .containsExactly(
            new Shelf(Long.MIN_VALUE, "", false, Instant.ofEpochMilli(-1)),
            new Shelf(Long.MAX_VALUE, "naïve 😀 'quoted' ?", true, instant));
  }

  @Test
  void integer_isANumberToo() {
    insert(7, "seven", true, Instant.EPOCH);

    assertThat(all()).containsExactly(new Shelf(7, "seven", true, Instant.EPOCH));
  }

  @Test
  void nulls_goInAndOut() {
    insert(null, null, null, null);

    db.read(sql ->
        sql.list(
            "SELECT * FROM shelf",
            row -> {
              assertThat(row.numberOrNull("number")).isNull();
              assertThat(row.textOrNull("words")).isNull();
              assertThat(row.instantOrNull("made_at")).isNull();
              assertFault(() -> row.number("number"))
                  .hasMessageStartingWith("column number is null: ");
              assertFault(() -> row.text("words")).hasMessageStartingWith("column words is null: ");
              assertFault(() -> row.flag("flag")).hasMessageStartingWith("column flag is null: ");
              assertFault(() -> row.instant("made_at"))
                  .hasMessageStartingWith("column made_at is null: ");
              return row;
            }));
  }

  @Test
  void nullable_thatIsThere_isRead() {
    insert(5, "five", true, Instant.EPOCH);

    boolean read =
        db.read(sql ->
            sql.first(
                    "SELECT * FROM shelf",
                    row ->
                        Long.valueOf(5).equals(row.numberOrNull("number"))
                            && "five".equals(row.textOrNull("words"))
                            && Instant.EPOCH.equals(row.instantOrNull("made_at")))
                .orElseThrow());

    assertThat(read).isTrue();
  }

  @Test
  void columnOfAnotherType_isRefused() {
    insert(5, "12", true, Instant.EPOCH);

    db.read(sql ->
        sql.list(
            "SELECT * FROM shelf",
            row -> {
              assertFault(() -> row.number("words"))
                  .hasMessage("column words is not a number but a String: SELECT * FROM shelf");
              assertFault(() -> row.text("number")).hasMessageContaining("is not a text but a ");
              assertFault(() -> row.flag("number")).hasMessageContaining("is not a boolean but a ");
              assertFault(() -> row.text("missing"))
                  .hasMessage("column missing cannot be read: SELECT * FROM shelf");
              return row;
            }));
  }

  @Test
  void argument_ofAnotherType_isRefused() {
    assertThatThrownBy(() -> insert(1.5, "x", true, Instant.EPOCH))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("argument 1 is of no type that a statement takes: java.lang.Double");
    assertThatThrownBy(() -> insert(1, "a\0b", true, Instant.EPOCH))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("argument 2 holds the character NUL");
  }

  @Test
  void arguments_tooFewOrTooMany_areRefused() {
    assertThatThrownBy(() -> db.write(sql -> sql.update(INSERT, 1, "x", true)))
        .isExactlyInstanceOf(DatabaseException.class);
    assertThatThrownBy(() -> db.write(sql -> sql.update(INSERT, 1, "x", true, 2, 3)))
        .isExactlyInstanceOf(DatabaseException.class);
    assertThat(all()).isEmpty();
  }

  @Test
  void number_wantsExactlyOneRowAndANumber() {
    insert(1, "a", true, Instant.EPOCH);
    insert(2, "b", true, Instant.EPOCH);

    assertThat(number("SELECT sum(number) FROM shelf")).isEqualTo(3);
    assertFault(() -> number("SELECT number FROM shelf WHERE number > 5"))
        .hasMessage("expected one row, found none: SELECT number FROM shelf WHERE number > 5");
    assertFault(() -> number("SELECT number FROM shelf"))
        .hasMessage("expected one row, found several: SELECT number FROM shelf");
    assertFault(() -> number("SELECT sum(number) FROM shelf WHERE number > 5"))
        .hasMessageStartingWith("column 1 is null: ");
  }

  @Test
  void first_takesTheFirstRowIfThereIsOne() {
    insert(1, "a", true, Instant.EPOCH);
    insert(2, "b", true, Instant.EPOCH);
    String select = "SELECT words FROM shelf WHERE number > ? ORDER BY number DESC";

    Optional<String> found = db.read(sql -> sql.first(select, row -> row.text("words"), 0));
    Optional<String> missing = db.read(sql -> sql.first(select, row -> row.text("words"), 9));

    assertThat(found).contains("b");
    assertThat(missing).isEmpty();
  }

  @Test
  void update_returnsHowManyRowsChanged() {
    insert(1, "a", true, Instant.EPOCH);
    insert(2, "b", true, Instant.EPOCH);
    String update = "UPDATE shelf SET flag = ? WHERE number >= ?";

    assertThat(db.<Integer>write(sql -> sql.update(update, false, 1))).isEqualTo(2);
    assertThat(db.<Integer>write(sql -> sql.update(update, false, 9))).isZero();
  }

  @Test
  void texts_areOrderedByCodePoint() {
    List<String> ordered = List.of("B", "Z", "a", "a b", "ab", "z", "é", "ﬀ", "😀");
    ordered.reversed().forEach(word -> insertName(word));

    List<String> names =
        db.read(sql -> sql.list("SELECT name FROM host ORDER BY name", row -> row.text("name")));

    assertThat(names).containsExactlyElementsOf(ordered);
  }

  @Test
  void like_tellsUpperFromLowerCase() {
    insertName("Readme");

    assertThat(number("SELECT count(*) FROM host WHERE name LIKE 'read%'")).isZero();
    assertThat(number("SELECT count(*) FROM host WHERE name LIKE 'Read%'")).isEqualTo(1);
  }

  @Test
  void mapper_mayAskAgain() {
    insert(1, "a", true, Instant.EPOCH);
    insert(2, "b", true, Instant.EPOCH);
    String select = "SELECT words FROM shelf WHERE number >= ? ORDER BY number";

    List<String> pairs =
        db.read(sql ->
            sql.list(
                select,
                outer ->
                    outer.text("words")
                        + sql.first(select, row -> row.text("words"), 2).orElseThrow(),
                1));

    assertThat(pairs).containsExactly("ab", "bb");
  }

  @Test
  void statements_inAnyNumber_areTaken() {
    long sum =
        db.read(sql -> {
          long total = 0;
          for (int i = 0; i < 600; i++) {
            total += sql.number("SELECT " + i);
          }
          return total + sql.number("SELECT 0");
        });

    assertThat(sum).isEqualTo(179_700);
  }

  private List<Shelf> all() {
    return db.read(sql ->
        sql.list(
            "SELECT * FROM shelf ORDER BY number",
            row ->
                new Shelf(
                    row.number("number"),
                    row.text("words"),
                    row.flag("flag"),
                    row.instant("made_at"))));
  }

  private void insert(@Nullable Object... values) {
    db.change(sql -> sql.update(INSERT, values));
  }

  private void insertName(String name) {
    db.change(sql -> sql.update("INSERT INTO host (name, value) VALUES (?, '')", name));
  }

  private long number(String statement) {
    return db.<Long>read(sql -> sql.number(statement));
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertFault(Runnable call) {
    return assertThatThrownBy(call::run).isExactlyInstanceOf(DatabaseException.class);
  }

  private record Shelf(long number, String words, boolean flag, Instant madeAt) {}
}
