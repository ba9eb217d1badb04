"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast";
import { Badge } from "#components/ui/badge";
import { IconButton } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { LoggedMessage, MessageState } from "#access/notifications/model";
import type { ReplayMessageInput } from "#access/notifications/schema";

type DeliveryLogProps = {
  readonly messages: readonly LoggedMessage[];
  readonly replayMessage: (input: ReplayMessageInput) => Promise<ActionResult<void>>;
};

const TONES = {
  waiting: "warn",
  delivered: "good",
  failed: "bad",
  dropped: "neutral",
} as const satisfies Record<MessageState, string>;

export function DeliveryLog({ messages, replayMessage }: DeliveryLogProps) {
  const t = useTranslations("notifications.log");
  return (
    <Card title={t("title")} description={t("description")} isFlush>
      {messages.length === 0 ? (
        <EmptyState
          icon={<Icon name="mail" />}
          title={t("empty")}
          description={t("emptyDescription")}
        />
      ) : (
        <Table caption={t("title")}>
          <thead>
            <tr>
              <TableHead>{t("receiver")}</TableHead>
              <TableHead className="max-md:hidden">{t("content")}</TableHead>
              <TableHead>{t("state")}</TableHead>
              <TableHead className="max-sm:hidden">{t("at")}</TableHead>
              <TableHead>
                <span className="sr-only">{t("actions")}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody className="border-t border-line">
            {messages.map((message) => (
              <MessageRow key={message.id} message={message} replayMessage={replayMessage} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

type MessageRowProps = Pick<DeliveryLogProps, "replayMessage"> & {
  readonly message: LoggedMessage;
};

function MessageRow({ message, replayMessage }: MessageRowProps) {
  const t = useTranslations("notifications");
  const tKinds = useTranslations("notices.kinds");
  const { channel, receiver, kinds, state, problem, detail, createdAt } = message;
  const [first] = kinds;
  return (
    <TableRow>
      <TableCell className="break-words">
        <span className="inline-flex items-center gap-1.5">
          {channel === "email" ? (
            <Icon name="mail" className="size-4" />
          ) : (
            <Icon name="webhook" className="size-4" />
          )}
          <span className="sr-only">{t(`log.channels.${channel}`)}: </span>
          {receiver}
        </span>
      </TableCell>
      <TableCell className="max-md:hidden">
        {first === undefined
          ? t("log.test")
          : t("log.kinds", { kind: tKinds(first), more: kinds.length - 1 })}
      </TableCell>
      <TableCell>
        <Badge tone={TONES[state]}>{t(`log.states.${state}`)}</Badge>
        {state !== "delivered" && problem !== null && (
          <p className="mt-1 text-xs break-words text-ink-muted">
            {t(`problems.${problem}`)} {detail}
          </p>
        )}
        {state === "waiting" && message.nextAttemptAt !== null && message.attempts > 0 && (
          <p className="mt-1 text-xs text-ink-muted">
            {t("log.nextAttempt", { attempts: message.attempts })}{" "}
            <Instant date={message.nextAttemptAt} />
          </p>
        )}
      </TableCell>
      <TableCell className="max-sm:hidden">
        <Instant date={createdAt} />
      </TableCell>
      <TableCell className="py-1 text-end">
        {state !== "waiting" && first !== undefined && (
          <Replay message={message} replayMessage={replayMessage} />
        )}
      </TableCell>
    </TableRow>
  );
}

function Replay({ message, replayMessage }: MessageRowProps) {
  const t = useTranslations("notifications.log");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(replayMessage);
  return (
    <>
      <IconButton
        size="sm"
        label={t("replay", { name: message.receiver })}
        disabled={isBusy}
        onClick={() => submit({ messageId: message.id }, () => toast.success(t("replayed")))}
      >
        <Icon name="rotate-ccw" />
      </IconButton>
      {failure !== null && (
        <p role="alert" className="text-xs text-bad-ink">
          {failureMessage(failure)}
        </p>
      )}
    </>
  );
}
