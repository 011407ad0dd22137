/** Walks the nodes of a YAML document. */
import { isCollection, isMap, isNode, isPair, isScalar, isSeq, type Node, type Scalar } from 'yaml';

/** Calls back for every node of a file that is not too deep to recurse into. */
export function eachNode(node: unknown, found: (node: Node) => void): void {
  if (isPair(node)) {
    eachNode(node.key, found);
    eachNode(node.value, found);
  } else if (isNode(node)) {
    found(node);
    if (isCollection(node)) for (const item of node.items) eachNode(item, found);
  }
}

/** The names that a group of settings has already used before them. */
export function repeatedKeys(node: Node): { readonly key: Scalar; readonly first: Scalar }[] {
  const seen = new Map<unknown, Scalar>();
  return (isMap(node) ? node.items : []).flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const first = seen.get(key.value);
    if (first !== undefined) return [{ key, first }];
    seen.set(key.value, key);
    return [];
  });
}

/** The name of a setting as it is written. */
export function keyText(key: unknown): unknown {
  return isScalar(key) ? key.value : key;
}

/** Where a group or list begins: at its first name or item. */
export function firstKey(node: unknown): Node | undefined {
  if (isMap(node)) return node.items[0]?.key as Node | undefined;
  if (isSeq(node)) return (node.items[0] as Node | undefined) ?? (node as Node);
  return (node as Node | null | undefined) ?? undefined;
}
