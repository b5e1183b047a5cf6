package io.consigne.core.db;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Answers of a database, remembered until the next write to it, whatever that is: for questions
 * that come with each request. Of a database that others write to, too, nothing is remembered.
 *
 * @param <K> what is asked
 * @param <V> what is answered, which may depend on the question and the database alone
 */
public final class Remembered<K, V> {
  private final Database database;
  private final Cache<K, Answer<V>> answers;

  /** Remembers up to {@code most} answers of {@code database}. */
  public Remembered(Database database, int most) {
    this.database = database;
    this.answers = Caffeine.newBuilder().maximumSize(most).build();
  }

  /** The answer to {@code question}, by {@code read} if it is not known any more. */
  public V answer(K question, Function<K, V> read) {
    OptionalLong state = database.state();
    if (state.isEmpty()) {
      return read.apply(question);
    }
    Answer<V> known = answers.getIfPresent(question);
    if (known != null && known.state() == state.getAsLong()) {
      return known.value();
    }
    V value = read.apply(question);
    answers.put(question, new Answer<>(value, state.getAsLong()));
    return value;
  }

  /** An answer, and the state of the database before it was read. */
  private record Answer<V>(V value, long state) {}
}
