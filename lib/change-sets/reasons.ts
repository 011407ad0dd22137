/** Why a stack went back: told by its events, which CloudFormation gives the newest first, some hundred at a time. */

/** An event of a stack, as far as it is read. */
interface GivenEvent {
  readonly ResourceType?: string | undefined;
  readonly ResourceStatus?: string | undefined;
  readonly LogicalResourceId?: string | undefined;
  readonly ResourceStatusReason?: string | undefined;
}

/** A page of events. */
interface EventsPage {
  readonly StackEvents?: readonly GivenEvent[] | undefined;
  readonly NextToken?: string | undefined;
}

/** How many reasons of a failure are told. */
const REASONS = 3;

/**
 * What happened to a stack since it was last begun to be created or updated, the newest first. It reads as many pages as that takes: the
 * way back of a stack of some fifty resources is a page and more, and what failed first comes after it. Of a stack that is years old it
 * reads no further than that.
 * @param pageOf asks for a page, by the token that the page before gave
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export async function lastEvents(
  pageOf: (token: { readonly NextToken?: string }) => Promise<EventsPage>,
): Promise<readonly GivenEvent[]> {
  const last: GivenEvent[] = [];
  for (let token: { readonly NextToken?: string } = {}; ; ) {
    const { StackEvents: events = [], NextToken } = await pageOf(token);
    const begun = events.findIndex(isBeginning);
    last.push(...(begun < 0 ? events : events.slice(0, begun)));
    if (begun >= 0 || NextToken === undefined) return last;
    token = { NextToken };
  }
}

function isBeginning({ ResourceType, ResourceStatus = '' }: GivenEvent): boolean {
  return (
    ResourceType === 'AWS::CloudFormation::Stack' && /^(?:CREATE|UPDATE)_IN_PROGRESS$/.test(ResourceStatus)
  );
}

/** Why a stack went back last: the first of what failed. @param pageOf as of `lastEvents` */
export async function reasonsIn(pageOf: Parameters<typeof lastEvents>[0]): Promise<string> {
  const events = await lastEvents(pageOf);
  return events
    .filter(({ ResourceStatus = '' }) => ResourceStatus.endsWith('_FAILED'))
    .reverse()
    .slice(0, REASONS)
    .map(({ LogicalResourceId, ResourceStatusReason }) => `${LogicalResourceId}: ${ResourceStatusReason}`)
    .join('; ');
}
