/**
 * The defender against guessing: how often somebody may be wrong about a password or a key.
 *
 * <p>It keeps a score for each address and one for each thing that is guessed at, in bounded memory
 * and forgotten by a restart. {@code docs/decisions} says whom it slows, and whom never.
 */
@NullMarked
package io.consigne.core.defense;

import org.jspecify.annotations.NullMarked;
