/**
 * What accounts are told of: events, written by the transaction that does what they tell. So an
 * event is told if and only if it happened, whatever becomes of the host in between. {@code
 * core.hooks} brings them to those who want to know.
 */
@NullMarked
package io.consigne.core.events;

import org.jspecify.annotations.NullMarked;
