/**
 * The care of what is stored: reading all of it again (scrub), comparing the database with the
 * store and repairing what can be repaired (fsck), backup and restore.
 *
 * <p>All of it works beside a running host, in pages and small transactions, and believes a fault
 * only when it is still there in a second look: what is on its way is no damage.
 */
@NullMarked
package io.consigne.core.upkeep;

import org.jspecify.annotations.NullMarked;
