// The floor that Latchkey's functions are compared with: a refresh with as little around it as Go allows. It parses the
// form, makes the calls to DynamoDB and KMS, puts a JWT together and answers. It checks nothing: it is no server.
//
// CALLS=2 makes what a refresh needs at the least, one conditional update and one signature. Otherwise it makes the same
// five calls as Latchkey does for a public app (docs/calls.csv).
package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/kms"
	kmstypes "github.com/aws/aws-sdk-go-v2/service/kms/types"
)

var (
	families = os.Getenv("LATCHKEY_FAMILIES_TABLE")
	registry = os.Getenv("LATCHKEY_REGISTRY_TABLE")
	key      = os.Getenv("SIGNING_KEY")
	onlyTwo  = os.Getenv("CALLS") == "2"
	encoding = base64.RawURLEncoding
)

type function struct {
	dynamo *dynamodb.Client
	kms    *kms.Client
}

func text(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }

func item(pk, sk string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"pk": text(pk), "sk": text(sk)}
}

func (f function) read(ctx context.Context, client, family string) error {
	if _, err := f.dynamo.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &registry, Key: item("CLIENT#"+client, "CLIENT"), ConsistentRead: aws.Bool(true),
	}); err != nil {
		return err
	}
	if _, err := f.dynamo.Query(ctx, &dynamodb.QueryInput{
		TableName: &families, KeyConditionExpression: aws.String("pk = :pk"), ConsistentRead: aws.Bool(true),
		ExpressionAttributeValues: map[string]types.AttributeValue{":pk": text("FAMILY#" + family)},
	}); err != nil {
		return err
	}
	cutoffs := []map[string]types.AttributeValue{item("CLIENT#"+client, "CUTOFF"), item("USER#"+family, "CUTOFF")}
	_, err := f.dynamo.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
		RequestItems: map[string]types.KeysAndAttributes{families: {Keys: cutoffs, ConsistentRead: aws.Bool(true)}},
	})
	return err
}

func (f function) rotate(ctx context.Context, presented, successor string) error {
	_, err := f.dynamo.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &families, Key: item("FAMILY#"+presented, "FAMILY"),
		UpdateExpression:    aws.String("SET current = :successor"),
		ConditionExpression: aws.String("current = :presented"),
		ExpressionAttributeValues: map[string]types.AttributeValue{
			":successor": text(successor), ":presented": text(presented),
		},
		ReturnValues: types.ReturnValueAllNew, ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	return err
}

func (f function) sign(ctx context.Context, client string) (string, error) {
	claims, err := json.Marshal(map[string]any{
		"iss": "https://auth.example.org", "aud": "https://auth.example.org/fhir", "sub": "ana", "client_id": client,
		"scope": "patient/Observation.rs", "iat": time.Now().Unix(), "exp": time.Now().Unix() + 600, "jti": rand.Text(),
	})
	if err != nil {
		return "", err
	}
	input := encoding.EncodeToString([]byte(`{"alg":"RS256","typ":"at+jwt","kid":"key"}`)) + "." + encoding.EncodeToString(claims)
	digest := sha256.Sum256([]byte(input))
	signed, err := f.kms.Sign(ctx, &kms.SignInput{
		KeyId: &key, Message: digest[:], MessageType: kmstypes.MessageTypeDigest,
		SigningAlgorithm: kmstypes.SigningAlgorithmSpecRsassaPkcs1V15Sha256,
	})
	if err != nil {
		return "", err
	}
	return input + "." + encoding.EncodeToString(signed.Signature), nil
}

func (f function) refresh(ctx context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	var none events.APIGatewayV2HTTPResponse
	body := []byte(event.Body)
	if event.IsBase64Encoded {
		var err error
		if body, err = base64.StdEncoding.DecodeString(event.Body); err != nil {
			return none, err
		}
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return none, err
	}
	client, presented, successor := form.Get("client_id"), form.Get("refresh_token"), rand.Text()
	if !onlyTwo {
		if err := f.read(ctx, client, presented); err != nil {
			return none, err
		}
	}
	if err := f.rotate(ctx, presented, successor); err != nil {
		return none, err
	}
	token, err := f.sign(ctx, client)
	if err != nil {
		return none, err
	}
	answer, err := json.Marshal(map[string]any{
		"access_token": token, "token_type": "Bearer", "expires_in": 600, "refresh_token": successor, "scope": "patient/Observation.rs",
	})
	headers := map[string]string{"content-type": "application/json", "cache-control": "no-store"}
	return events.APIGatewayV2HTTPResponse{StatusCode: 200, Headers: headers, Body: string(answer)}, err
}

func main() {
	settings, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		panic(err)
	}
	lambda.Start(function{dynamodb.NewFromConfig(settings), kms.NewFromConfig(settings)}.refresh)
}
