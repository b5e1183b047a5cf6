/**
 * Bytes up and down: what is sent together, what is asked after a doubtful end, what is resumed,
 * and how it is known to be right.
 */
@NullMarked
package io.consigne.client.transfer;

import org.jspecify.annotations.NullMarked;
