/** Text of nodes and clients, made safe to look at, in lines as it is. */
import { visible } from "@eddy/workbench/pictures";

/** Shows what cannot be seen; line ends stay. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
