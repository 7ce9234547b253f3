/// DynamoDB and KMS behind the ports of the other rooms.
@NullMarked
package dev.latchkey.aws;

import org.jspecify.annotations.NullMarked;
