/**
 * When the next call may be made. All processes of a machine that talk to one host share a budget:
 * a small file, locked for the moment of a reservation and never while somebody waits.
 *
 * <p>The file has one line per clock, {@code name milliseconds-since-1970}: when the next call of
 * that kind may be made, and until when host, address or account are to be left alone. It is
 * replaced as a whole by a rename; a line that cannot be read, or lies further ahead than any limit
 * does, counts for nothing, so neither a crash nor a wrong clock blocks anybody for long.
 */
@NullMarked
package io.consigne.client.budget;

import org.jspecify.annotations.NullMarked;
