/** Tests of the limits, by a clock that they turn. */
@NullMarked
package io.consigne.core.limits;

import org.jspecify.annotations.NullMarked;
