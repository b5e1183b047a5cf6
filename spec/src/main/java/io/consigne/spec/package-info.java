/**
 * Golden exchanges of the wire: scenarios of requests and the answers that they must get, kept as
 * data, and what is needed to play either side of them.
 */
@NullMarked
package io.consigne.spec;

import org.jspecify.annotations.NullMarked;
