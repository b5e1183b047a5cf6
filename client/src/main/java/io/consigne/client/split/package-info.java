/**
 * Files that are larger than a host takes, as folders of parts: {@code NAME.split} with {@code
 * 0001}, {@code 0002} … and a {@code manifest}, which is stored last (docs/split.md).
 */
@NullMarked
package io.consigne.client.split;

import org.jspecify.annotations.NullMarked;
