/**
 * Remote uploads: the host fetches files from elsewhere into an account.
 *
 * <p>A <em>request</em> names up to 500 sources; each is a <em>fetch</em>, a row that is queued,
 * running, done, failed or cancelled. One thread claims what is due, by account in turn and no more
 * of one account at once than its plan allows, and has each fetched on a thread of its own. The
 * bytes go the way of every upload: see {@code core.uploads}.
 *
 * <p><b>Exactly once.</b> A claim has a number. The file is entered and the row set to done in one
 * transaction, which is undone if the claim is void: because somebody cancelled, or because this
 * node was silent for so long that another took over. After a crash the row is still running; the
 * next start queues it again.
 *
 * <p><b>Quota.</b> What a source says it will send is taken off the owner's room before the first
 * byte is kept, in steps if it does not say; it is given back in the transaction that ends the
 * fetch, which charges what came. The sum of these reservations stands in the owner's row.
 *
 * <p><b>Again.</b> A connection that breaks is made up for at once from the byte it broke at, if
 * the source takes ranges and still has the same thing; one that brings nothing is tried again
 * later and later, and in the end given up with a reason. What came of a large file survives a
 * restart: how much of it is on disk for sure stands in its row.
 *
 * <p><b>Secrets.</b> Addresses and headers are stored sealed. Headers are never shown to anybody,
 * addresses to their account and without user and password; neither is logged.
 */
@NullMarked
package io.consigne.core.remote;

import org.jspecify.annotations.NullMarked;
