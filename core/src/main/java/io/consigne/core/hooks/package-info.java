/**
 * Webhooks: brings the events of {@code core.events} to the addresses that accounts named.
 *
 * <p>A <em>message</em> is a row: an event for one webhook. It waits, and is claimed by a node for
 * a while; an answer of 2xx makes it delivered, anything else puts it back, later and later, until
 * it is given up. A claim has a number: who ends a message does so only while the number holds. A
 * node that dies leaves claims that run out, so each message is delivered at least once, always
 * with the same id.
 *
 * <p>Messages go where the host may fetch from, and nowhere else ({@code core.remote.source}). Each
 * is signed with a secret that only its webhook has; addresses and secrets are stored sealed. What
 * a receiver answers, besides its status, is not read.
 */
@NullMarked
package io.consigne.core.hooks;

import org.jspecify.annotations.NullMarked;
